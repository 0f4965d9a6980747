/** What the check of a sheet says, beside the document's own errors. */
export type SheetPreview = {
  kind: string;
  columns: readonly { column: string; heading: string; key: string }[];
  good_rows: readonly { row: number; values: Readonly<Record<string, string | null>> }[];
  bad_rows: readonly number[];
  errors: readonly { row: number; column: string; cell: string; zh: string; en: string }[];
};

/** The body of a checked document, if it is a sheet. */
export function asSheet(body: unknown): SheetPreview | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { columns, good_rows, bad_rows } = body as Partial<SheetPreview>;
  const isSheet = [columns, good_rows, bad_rows].every(Array.isArray);
  return isSheet ? (body as SheetPreview) : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  xml: 'application/xml',
  csv: 'text/csv',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * The file under the media type of its name: browsers name a CSV after what is installed on the
 * machine. What a document is, the server reads from its bytes.
 */
export function asDocument(file: File): File {
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  return new File([file], file.name, { type: TYPES[ending] ?? 'application/octet-stream' });
}
