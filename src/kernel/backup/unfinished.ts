import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `begun`: the cluster may be half made. `loading`: it stands, and all rows come or none. */
type State = 'begun' | 'loading';

const markOf = (folder: string) => join(folder, 'restoring.json');

/** How far a restore into the folder came before it was killed; null where none was. */
export function unfinishedRestore(folder: string): State | null {
  const file = markOf(folder);
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8').includes('loading') ? 'loading' : 'begun';
}

export function markRestore(folder: string, state: State): void {
  writeFileSync(markOf(folder), JSON.stringify({ state }), { mode: 0o600 });
}

export function endRestore(folder: string): void {
  rmSync(markOf(folder), { force: true });
}
