import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { limits } from '../limits.ts';
import { backupFault } from './faults.ts';
import { type BackupKey, decrypted, encrypted } from './key.ts';

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export type Entry = { name: string; bytes: Buffer };

/**
 * Writes a tar archive, encrypted where a key is given, to `file`, which must not exist, and waits
 * until the disk has it. `fill` adds the entries; each is taken when the disk keeps up.
 * @returns the size and the hash of the file as it was sent to the disk
 */
export async function writeArchive(
  file: string,
  key: BackupKey | null,
  made_at: string,
  fill: (add: (entry: Entry) => Promise<void>) => Promise<void>,
): Promise<{ bytes: number; sha256: string }> {
  const handle = await open(file, 'wx', 0o600);
  const pack = tar.pack();
  try {
    const add = ({ name, bytes }: Entry) =>
      new Promise<void>((resolve, reject) => {
        const header = { name, size: bytes.length, mode: 0o600, mtime: new Date(made_at) };
        const sink = pack.entry(header, (error) => (error ? reject(error) : resolve()));
        sink.end(bytes);
      });
    const filled = fill(add).then(
      () => pack.finalize(),
      (error: Error) => pack.destroy(error),
    );
    const plain = pack as AsyncIterable<Uint8Array>;
    const stream = key ? await encrypted(plain, key) : plain;
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of stream) {
      hash.update(chunk);
      bytes += chunk.length;
      await handle.writeFile(chunk);
    }
    await filled;
    await handle.sync();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    pack.destroy();
    await handle.close();
  }
}

/** The hash of a file as the disk gives it back. */
export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

async function isEncrypted(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const mark = Buffer.from('age-encryption.org/');
    const { buffer } = await handle.read(Buffer.alloc(mark.length), 0, mark.length, 0);
    return buffer.equals(mark);
  } finally {
    await handle.close();
  }
}

/**
 * The entries of an archive, in their order.
 * @throws backup.key_needed, backup.wrong_key; backup.not_one where it can be read no further
 */
export async function* readArchive(file: string, key: BackupKey | null): AsyncGenerator<Entry> {
  let stream: AsyncIterable<Uint8Array> = createReadStream(file);
  if (await isEncrypted(file)) {
    if (!key || key.identities.length === 0) throw backupFault('backup.key_needed', { file });
    stream = await decrypted(stream, key, file);
  }
  const extract = tar.extract();
  const fed = pipeline(Readable.from(stream), extract);
  fed.catch(() => {}); // The loop below meets the same error.
  let last = '';
  try {
    for await (const entry of extract) {
      const { name, size = 0 } = entry.header;
      if (size > limits.backup_entry_bytes) throw new Error(`${name} has ${size} bytes`);
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      last = name;
      yield { name, bytes: Buffer.concat(chunks) };
    }
    await fed;
  } catch (error) {
    const reason = `${(error as Error).message}${last && ` (after ${last})`}`;
    throw backupFault('backup.not_one', { file, reason });
  } finally {
    extract.destroy();
  }
}
