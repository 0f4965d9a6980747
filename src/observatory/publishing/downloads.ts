import { type BytesReply, getParty, type Tx } from '../../kernel/index.ts';
import { publicationParquet } from './release/parquet.ts';
import { sdmxMessage } from './release/sdmx.ts';
import { publicationCsv } from './release/sheet.ts';
import { publicationXlsx } from './release/workbook.ts';
import { getRelease } from './releases.ts';
import type { Release } from './schema.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const fileOf = ({ series, number }: Release, ending: string) => `${series}-${number}.${ending}`;

/** @throws publishing.release_unknown */
export async function csvOf(tx: Tx, id: string): Promise<BytesReply> {
  const release = await getRelease(tx, id);
  const bytes = bytesOf(publicationCsv(release.content));
  return { bytes, media_type: 'text/csv', file_name: fileOf(release, 'csv') };
}

export const SDMX_JSON = 'application/vnd.sdmx.data+json';

/** @throws publishing.release_unknown */
export async function sdmxOf(tx: Tx, id: string): Promise<BytesReply> {
  const release = await getRelease(tx, id);
  const { name_zh: sender } = await getParty(tx, release.owner_id);
  const prepared = release.published_at ?? release.drafted_at;
  const message = sdmxMessage(release.content, { sender, prepared });
  const bytes = bytesOf(JSON.stringify(message));
  return { bytes, media_type: SDMX_JSON, file_name: fileOf(release, 'sdmx.json') };
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook with a sheet that says what it is. @throws publishing.release_unknown */
export async function xlsxOf(tx: Tx, id: string): Promise<BytesReply> {
  const release = await getRelease(tx, id);
  const about = Object.entries(await aboutOf(tx, release));
  const words = about.map(([name, value]) => [WORDS[name as keyof typeof WORDS], value] as const);
  const bytes = await publicationXlsx(release.content, words);
  return { bytes, media_type: XLSX, file_name: fileOf(release, 'xlsx') };
}

/** As IANA has registered it. */
export const PARQUET = 'application/vnd.apache.parquet';

/** @throws publishing.release_unknown */
export async function parquetOf(tx: Tx, id: string): Promise<BytesReply> {
  const release = await getRelease(tx, id);
  const bytes = publicationParquet(release.content, await aboutOf(tx, release));
  return { bytes, media_type: PARQUET, file_name: fileOf(release, 'parquet') };
}

const WORDS = {
  title: '标题 Title',
  publisher: '公布单位 Published by',
  unit: '单位 Unit',
  state: '状态 State',
  published_at: '公布时间 Published',
  reason: '修订理由 Reason of the revision',
  withdrawal_reason: '撤回理由 Withdrawn because',
  series: '系列 Series',
  version: '定义版本 Version of the definition',
  vintage: '数据版次 Data vintage',
  after: '对照过的以往各版 Held against',
  source_hash: '数据的哈希 Hash of the data',
  engine_hash: '程序的哈希 Hash of the program',
  hash: '发布的哈希 Hash of the release',
} as const;

/** What a file says of the release, beside its figures; empty where there is nothing to say. */
async function aboutOf(tx: Tx, release: Release): Promise<Record<keyof typeof WORDS, string>> {
  const { title, unit, state, published_at, reason, withdrawal_reason, series } = release;
  const { definition, vintage, after, source_hash, engine_hash, hash } = release.content;
  const { name_zh: publisher } = await getParty(tx, release.owner_id);
  return {
    ...{ title, publisher, unit, state, published_at: published_at ?? '' },
    ...{ reason: reason ?? '', withdrawal_reason: withdrawal_reason ?? '', series },
    ...{ version: definition.version, vintage, after: after.join(', ') },
    ...{ source_hash, engine_hash, hash },
  };
}
