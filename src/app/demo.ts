import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, listChains, machineClock, sealAll } from '../kernel/index.ts';
import { type DemoPerson, demoPassword, simulateFrozenFood } from '../simulation/index.ts';
import type { Platform } from './platform.ts';

type Mark = { state: 'loading' | 'loaded'; people: DemoPerson[] };

const demoSlug = 'demo';
const markFile = (folder: string) => join(folder, 'demo.json');

function readMark(folder: string): Mark | null {
  const file = markFile(folder);
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Mark;
  } catch {
    return { state: 'loading', people: [] }; // Cut short: it was being written when the power went.
  }
}

function writeMark(folder: string, mark: Mark): void {
  writeFileSync(markFile(folder), JSON.stringify(mark), { mode: 0o600 });
}

/**
 * Drops the half of a demo that the last start was killed over, on this machine's own database, and
 * nothing else: where there is another chain by now, or a server's database, all of it stays.
 */
export async function dropHalfDemo({ place, owner }: Database, folder: string): Promise<void> {
  if (readMark(folder)?.state !== 'loading' || place === 'server') return;
  const { rows } = await owner.query(`select to_regclass('public.chain') is not null as made`);
  const others = rows[0].made
    ? await owner.query(`select 1 from chain where slug <> $1 limit 1`, [demoSlug])
    : { rowCount: 0 };
  if (others.rowCount === 0) await owner.query('drop schema public cascade; create schema public');
  rmSync(markFile(folder));
}

/**
 * Loads the demo chain into a database that holds no chain: 90 days that end now.
 * @returns who can sign in, or null where there is no demo.
 */
export async function loadDemo(
  platform: Platform,
  folder: string,
  say: (line: string) => void,
): Promise<DemoPerson[] | null> {
  const mark = readMark(folder);
  if (mark?.state === 'loaded') return mark.people;
  if ((await listChains(platform.store)).length > 0) return null;
  writeMark(folder, { state: 'loading', people: [] });
  const began = machineClock.now().getTime();
  const { people, steps } = await simulateFrozenFood(platform.store, {
    slug: demoSlug,
    days: 90,
    dealers: 24,
    shops_per_dealer: 5,
    seed: 7,
    end: machineClock.now(),
    say,
  });
  await sealAll(platform.store, platform.seal_key);
  writeMark(folder, { state: 'loaded', people });
  const seconds = ((machineClock.now().getTime() - began) / 1_000).toFixed(1);
  say(`演示链就绪 demo ready: ${steps} steps in ${seconds} s`);
  return people;
}

/** The demo's people as a small table for the terminal. */
export function introduce(people: readonly DemoPerson[]): string[] {
  return [
    `演示账号 demo people, password 密码 ${demoPassword}:`,
    ...people.map(({ login, party }) => `  ${login.padEnd(12)} ${party}`),
  ];
}
