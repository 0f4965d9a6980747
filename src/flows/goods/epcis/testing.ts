import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Documents of GS1 and of the reference of the event hash; they lie beside the repository. */
const folder = join(import.meta.dirname, '../../../../../shared/data/epcis');

export function publishedFiles(where: 'examples' | 'examples-xml' | 'hash', end: string): string[] {
  const path = join(folder, where);
  if (existsSync(path)) {
    return readdirSync(path).flatMap((name) => (name.endsWith(end) ? [`${where}/${name}`] : []));
  }
  console.warn(`SKIPPED: there are no examples in ${path}`);
  return [];
}

export function published(name: string): Buffer {
  return readFileSync(join(folder, name));
}

export const hasPublished = existsSync(folder);
