const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The fields of one row in COPY's text format, null where a field is null. A tab parts fields, a
 * line end rows: inside of a field both are escaped (PostgreSQL manual, COPY, Text Format).
 */
export function fieldsOf(line: string): (string | null)[] {
  return line.split('\t').map((field) => {
    if (field === '\\N') return null;
    if (!field.includes('\\')) return field;
    return field.replace(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter);
  });
}

const lineEnd = 0x0a;

export function countRows(text: Buffer): number {
  let rows = 0;
  for (let at = text.indexOf(lineEnd); at >= 0; at = text.indexOf(lineEnd, at + 1)) rows++;
  return rows;
}

/** The rows of a piece of COPY text that ends with a whole row. */
export function* rowsOf(text: Buffer): Generator<(string | null)[]> {
  let from = 0;
  for (let at = text.indexOf(lineEnd); at >= 0; at = text.indexOf(lineEnd, from)) {
    yield fieldsOf(text.toString('utf8', from, at));
    from = at + 1;
  }
}

/**
 * Cuts a stream of COPY text into pieces of `bytes` or a little more, each of whole rows. A row is
 * never cut, so a piece is as large as its largest row where that is larger.
 */
export async function* piecesOf(
  stream: AsyncIterable<Buffer>,
  bytes: number,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    held.push(chunk);
    size += chunk.length;
    if (size < bytes || !chunk.includes(lineEnd)) continue;
    const whole = Buffer.concat(held);
    const end = whole.lastIndexOf(lineEnd) + 1;
    yield whole.subarray(0, end);
    held = [whole.subarray(end)];
    size = whole.length - end;
  }
  if (size > 0) yield Buffer.concat(held);
}
