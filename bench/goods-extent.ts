import { openClient } from './client.ts';
import { gtin, site } from './epcis-stream.ts';
import { percentile, report } from './figure.ts';
import { asked, type Filled, type Filling, inFolder, onStore } from './filled-store.ts';

const sizes = { lots: 5_000_000, everyday: 10_000, recall: 800_000 };
const SECONDS_BETWEEN = 6;
const began = Date.UTC(2024, 0, 1) / 1_000;

/**
 * How far a lot went, asked by HTTP in a store of five million lots, each made of two older ones:
 * how long it takes until all is read, and then an everyday question, a recall and its sheet.
 * `--lots 500000` makes it, and what it looks for, smaller; `--folder` keeps the store.
 */
export async function benchGoodsExtent(): Promise<void> {
  const lots = Number(asked('--lots') ?? sizes.lots);
  await inFolder((folder) =>
    onStore(folder, fillingOf(lots), async (filled) => {
      await readAll(filled, lots);
      const scale = lots / sizes.lots;
      await follow(filled, 'everyday', lots, sizes.everyday * scale);
      await sheet(filled, await follow(filled, 'recall', lots, sizes.recall * scale));
    }),
  );
}

const lotName = (n: string) => `'https://id.gs1.org/01/${gtin}/10/L' || ${n}`;
/** Any older lot, the same in every run. */
const older = (seed: number) => `(abs(hashint8extended(n, ${seed}) % greatest(n, 1)))`;

const filled = `
  select n, at, id, 'urn:uuid:' || id as uri, ${lotName('n')} as lot,
    ${lotName(older(1))} as one, ${lotName(older(2))} as other
  from generate_series(greatest($3::bigint, 1), $4::bigint - 1) n,
    lateral (select to_timestamp(${began} + n * ${SECONDS_BETWEEN}.0) as at) t,
    lateral (select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
      || '70008000' || lpad(to_hex(n), 12, '0'))::uuid as id) i`;

const quantity = (lot: string) =>
  `jsonb_build_object('epcClass', ${lot}, 'quantity', '1', 'uom', 'KGM')`;

const fillingOf = (rows: number): Filling => ({
  rows,
  statements: [
    `insert into event (chain_id, id, capturer_id, parties, event_time, recorded_at, type, biz_step,
        disposition, body, event_uri, event_hash, action, read_point, biz_location, body_bytes)
      select $1::uuid, id, $2::uuid, array[$2::uuid], at, at, 'TransformationEvent', null, null,
        body, uri, 'ni:///sha-256;' || md5(uri), null, '${site}', '${site}',
        octet_length(body::text)
      from (${filled}) f, lateral (select jsonb_build_object('type', 'TransformationEvent',
        'eventTime', at, 'eventTimeZoneOffset', '+08:00', 'eventID', uri, 'inputQuantityList',
        jsonb_build_array(${quantity('one')}, ${quantity('other')}), 'outputQuantityList',
        jsonb_build_array(${quantity('lot')}), 'bizLocation', jsonb_build_object('id', '${site}'),
        'readPoint', jsonb_build_object('id', '${site}')) as body) b`,
    `insert into event_item (chain_id, item, event_time, event_id, place, role, by_class, quantity,
        uom, capturer_id, parties)
      select $1::uuid, item, at, id, number, role, true, 1, 'KGM', $2::uuid, array[$2::uuid]
      from (${filled}) f, lateral (values (one, 0, 'input'), (other, 1, 'input'),
        (lot, 2, 'output')) m (item, number, role)`,
  ],
  more: [],
  tables: 'event, event_item',
});

type Answer = {
  phase: string;
  looked_at: number;
  found: { affected: number; holds: number } | null;
};

const lotAt = (n: number) => `https://id.gs1.org/01/${gtin}/10/L${n}`;
const path = '/api/v1/trace/extent';
const questionOf = (lot: number) => ({ items: [{ item: lotAt(lot) }] });

/** What the first question costs whoever asks it, with all that it must wait for. */
async function readAll({ base, key }: Filled, lots: number): Promise<void> {
  const latencies: number[] = [];
  const client = openClient(base, key, latencies);
  const start = performance.now();
  let answer: Answer;
  do {
    answer = await client.post<Answer>(path, questionOf(lots - 1));
  } while (answer.phase !== 'ready');
  const seconds = (performance.now() - start) / 1_000;
  report({ name: 'goods_extent.read', value: seconds, unit: 's' });
  report({ name: 'goods_extent.read_rate', value: lots / seconds, unit: 'events/s' });
  report({ name: 'goods_extent.read_questions', value: latencies.length, unit: 'questions' });
  const most = percentile(latencies, 100);
  report({ name: 'goods_extent.read_longest_question', value: most, unit: 'ms' });
}

type Followed = { lot: number; nodes: number };

/** Follows a lot whose extent is just so large. */
async function follow(
  { base, key }: Filled,
  name: string,
  lots: number,
  least: number,
): Promise<Followed> {
  const latencies: number[] = [];
  const client = openClient(base, key, latencies);
  // What goes too far is refused: the lot that is looked for goes less far.
  const ask = (lot: number) =>
    client.post<Answer>(path, questionOf(lot)).then(
      ({ found }) => found?.affected ?? 0,
      (error: Error) => {
        if (error.message.includes('goods.extent_too_far')) return Number.POSITIVE_INFINITY;
        throw error;
      },
    );
  // About (lots ÷ lot)² lots descend from a lot, so that the one looked for stands about here.
  let lot = Math.floor(lots / Math.sqrt(least));
  for (;;) {
    const affected = await ask(lot);
    if (affected >= least && affected <= least * 1.1) break;
    if (++lot === lots) throw new Error(`No lot reaches ${least} others.`);
  }
  latencies.length = 0;
  let nodes = 0;
  for (let n = 0; n < 21; n++) nodes = await ask(lot);
  report({ name: `goods_extent.${name}_nodes`, value: nodes, unit: 'nodes' });
  report({ name: `goods_extent.${name}_p50`, value: percentile(latencies, 50), unit: 'ms' });
  return { lot, nodes };
}

async function sheet({ base, key }: Filled, { lot, nodes }: Followed): Promise<void> {
  const start = performance.now();
  const answer = await fetch(`${base}${path}/sheet?item=${encodeURIComponent(lotAt(lot))}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.ok) throw new Error(`The sheet: ${answer.status} ${await answer.text()}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const seconds = (performance.now() - start) / 1_000;
  const lines = bytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
  if (lines !== nodes + 1) throw new Error(`The sheet has ${lines} lines for ${nodes} things.`);
  report({ name: 'goods_extent.sheet', value: seconds, unit: 's' });
  report({ name: 'goods_extent.sheet_size', value: bytes.byteLength / 1e6, unit: 'MB' });
}
