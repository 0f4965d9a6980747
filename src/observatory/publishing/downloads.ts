import { getParty, type Tx } from '../../kernel/index.ts';
import { sdmxMessage } from './release/sdmx.ts';
import { publicationCsv } from './release/sheet.ts';
import { getRelease } from './releases.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** @throws publishing.release_unknown */
export async function csvOf(tx: Tx, id: string) {
  const { series, number, content } = await getRelease(tx, id);
  const file_name = `${series}-${number}.csv`;
  return { bytes: bytesOf(publicationCsv(content)), media_type: 'text/csv', file_name };
}

export const SDMX_JSON = 'application/vnd.sdmx.data+json';

/** @throws publishing.release_unknown */
export async function sdmxOf(tx: Tx, id: string) {
  const { owner_id, series, number, content, ...times } = await getRelease(tx, id);
  const { name_zh: sender } = await getParty(tx, owner_id);
  const prepared = times.published_at ?? times.drafted_at;
  const message = sdmxMessage(content, { sender, prepared });
  const file_name = `${series}-${number}.sdmx.json`;
  return { bytes: bytesOf(JSON.stringify(message)), media_type: SDMX_JSON, file_name };
}
