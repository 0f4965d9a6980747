type PageOf<Item> = { items: Item[]; next: string | null };

/**
 * Reads page after page, up to about `most` rows.
 * @param read one page, from a cursor on
 * @returns whether there are more
 */
export async function allPages<Item>(
  read: (from: { after?: string }) => Promise<PageOf<Item>>,
  most: number,
): Promise<{ rows: Item[]; is_cut: boolean }> {
  const rows: Item[] = [];
  let after: string | null = null;
  do {
    const page: PageOf<Item> = await read(after === null ? {} : { after });
    rows.push(...page.items);
    after = page.next;
  } while (after !== null && rows.length < most);
  return { rows, is_cut: after !== null };
}
