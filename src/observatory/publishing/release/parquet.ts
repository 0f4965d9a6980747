import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Publication } from './release.ts';
import { publicationRows } from './sheet.ts';

/**
 * A release as Apache Parquet: the columns of its CSV, text but for `value`, which is a double and
 * null where a cell is kept. What else is known of it stands in the metadata of the file.
 * @param about by name, as `jingwei.unit`
 */
export function publicationParquet(
  publication: Publication,
  about: Readonly<Record<string, string>>,
): Uint8Array {
  const { heads, rows } = publicationRows(publication);
  const columnData = heads.map((name, at) => ({
    name,
    type: name === 'value' ? ('DOUBLE' as const) : ('STRING' as const),
    data: rows.map((row) => row[at] ?? null),
    nullable: name === 'value',
  }));
  const kvMetadata = Object.entries(about).map(([key, value]) => ({
    key: `jingwei.${key}`,
    value,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, createdBy: 'Jingwei' }));
}
