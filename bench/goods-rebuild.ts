import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openClient } from './client.ts';
import { caller, documentOf, gtin, site } from './epcis-stream.ts';
import { percentile, report } from './figure.ts';
import { asked, type Filled, type Filling, inFolder, onStore } from './filled-store.ts';

const EVENTS = 1_000_000;
const EVENTS_OF_LOT = 50;
const ASKED_EVERY_MS = 500;
const began = Date.UTC(2024, 0, 1) / 1_000;
const cli = fileURLToPath(new URL('../src/app/cli.ts', import.meta.url));

/**
 * Folds the stock of a place anew out of a million captured events (`jingwei -- stock rebuild`),
 * while its owner reads it. `--events` makes it larger or smaller, `--folder` keeps the store.
 */
export async function benchGoodsRebuild(): Promise<void> {
  const events = Number(asked('--events') ?? EVENTS);
  await inFolder((folder) =>
    onStore(folder, fillingOf(events), async (filled) => {
      const { rows } = await filled.database.query<{ uscc: string }>(
        `select p.uscc from party p join place o on o.owner_id = p.id`,
      );
      const party = rows[0]?.uscc ?? '';
      const { latencies, stop } = readMeanwhile(filled);
      const start = performance.now();
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [cli, 'stock', 'rebuild', '--chain', 'bench', '--party', party, '--json'],
        { env: { ...process.env, JINGWEI_DATA: folder, DATABASE_URL: '' }, maxBuffer: 1e8 },
      );
      const seconds = (performance.now() - start) / 1_000;
      await stop();
      const { events: read, entries } = JSON.parse(stdout);
      if (read < events || entries < events) throw new Error(`Rebuilt wrongly: ${stdout}`);
      report({ name: 'goods_rebuild.events', value: read / seconds, unit: 'events/s' });
      report({ name: 'goods_rebuild.whole', value: seconds, unit: 's' });
      const p95 = percentile(latencies, 95);
      report({ name: 'goods_rebuild.read_meanwhile_p95', value: p95, unit: 'ms' });
    }),
  );
}

/** A place of its own number whose stock its events keep, and a product whose name they use. */
async function before({ base, key, database }: Filled): Promise<void> {
  const client = openClient(base, key, []);
  const [, gln = ''] = /414\/(\d+)/.exec(site) ?? [];
  const named = { name_zh: '测速仓', name_en: 'Bench store', kind: 'warehouse' };
  const { id } = await client.post<{ id: string }>('/api/v1/places', { gln, ...named });
  await client.post('/api/v1/products', { code: 'P-2', gtin, name_zh: '测速货', unit: 'KGM' });
  const keeping = { kept_by: 'events', reason: 'bench' };
  await client.post(`/api/v1/places/${id}/stock-keeping`, keeping);
  // What happened before the stint began is in its opening, and is not folded.
  await database.query('update place set stock_since = to_timestamp($1) where id = $2', [
    began,
    id,
  ]);
  // The catalogue is asked what a name means when it is first used, and not by a rebuild.
  await caller(base, key)('POST', '/epcis/capture', documentOf([firstEvent]));
}

const place = { id: site };
const firstEvent = {
  type: 'ObjectEvent',
  eventTime: new Date((began + 1) * 1_000).toISOString(),
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  bizStep: 'receiving',
  quantityList: [{ epcClass: `https://id.gs1.org/01/${gtin}/10/L`, quantity: 12, uom: 'KGM' }],
  readPoint: place,
  bizLocation: place,
};

/** A lot comes in more often than it goes out. */
const statement = `
  insert into event (chain_id, id, capturer_id, parties, event_time, recorded_at, type, biz_step,
    disposition, body, event_uri, event_hash, action, read_point, biz_location, body_bytes)
  select $1::uuid, id, $2::uuid, array[$2::uuid], at, at, 'ObjectEvent',
    'https://ref.gs1.org/cbv/BizStep-' || step, null, body, uri, 'ni:///sha-256;' || md5(uri),
    'OBSERVE', '${site}', '${site}', octet_length(body::text)
  from generate_series($3::bigint, $4::bigint - 1) n,
    lateral (select to_timestamp(${began + 60} + n * 6.0) as at,
      case when n % 3 = 2 then 'shipping' else 'receiving' end as step) t,
    lateral (select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
      || '70008000' || lpad(to_hex(n), 12, '0'))::uuid as id) i,
    lateral (select 'urn:uuid:' || id as uri) u,
    lateral (select jsonb_build_object('type', 'ObjectEvent', 'eventTime',
      to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'eventTimeZoneOffset', '+08:00',
      'eventID', uri, 'action', 'OBSERVE', 'bizStep', step, 'quantityList', jsonb_build_array(
        jsonb_build_object('epcClass', 'https://id.gs1.org/01/${gtin}/10/L' || n / ${EVENTS_OF_LOT},
        'quantity', '12', 'uom', 'KGM')), 'readPoint', jsonb_build_object('id', '${site}'),
      'bizLocation', jsonb_build_object('id', '${site}')) as body) b`;

const fillingOf = (rows: number): Filling => ({
  ...{ rows, statements: [statement], more: [], tables: 'event', before },
});

/** The owner's stock, asked again and again until it is stopped. */
function readMeanwhile({ base, key }: Filled) {
  const latencies: number[] = [];
  const client = openClient(base, key, latencies);
  let isOver = false;
  const reading = (async () => {
    while (!isOver) {
      await client.get('/api/v1/stock?limit=30');
      await pause(ASKED_EVERY_MS);
    }
  })();
  const stop = async () => {
    isOver = true;
    await reading;
  };
  return { latencies, stop };
}
