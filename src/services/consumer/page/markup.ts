/** Text that is markup already: made by `markup` alone. */
export type Markup = { readonly markup: string };

type Part = string | number | Markup | null | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);

function written(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'object') {
    return 'markup' in part ? part.markup : part.map(({ markup: text }) => text).join('');
  }
  return escaped(String(part));
}

/**
 * HTML as a template: whatever is put in is escaped, for text and for attributes in double quotes.
 */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const all = texts.map((text, at) => text + (at < parts.length ? written(parts[at] ?? null) : ''));
  return { markup: all.join('') };
}
