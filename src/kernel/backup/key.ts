import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { backupFault } from './faults.ts';

/**
 * Whom backups are encrypted for (age1…), and what opens them (AGE-SECRET-KEY-…). A server that
 * only knows recipients writes backups that it cannot read.
 */
export type BackupKey = { recipients: string[]; identities: string[] };

/**
 * Reads keys as age has them: one a line, `#` begins a remark. A private key gives its recipient.
 * @throws backup.bad_key
 */
export async function parseBackupKey(text: string): Promise<BackupKey> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const key: BackupKey = { recipients: [], identities: [] };
  try {
    for (const line of lines) {
      if (line.startsWith('AGE-SECRET-KEY-')) {
        key.identities.push(line);
        key.recipients.push(await identityToRecipient(line));
      } else {
        new Encrypter().addRecipient(line);
        key.recipients.push(line);
      }
    }
  } catch {
    // What the library says of a malformed key may quote it.
    throw backupFault('backup.bad_key');
  }
  if (key.recipients.length === 0) throw backupFault('backup.bad_key');
  return key;
}

/** A new private key as a text that age reads too, and its recipient. */
export async function makeBackupKey(): Promise<{ text: string; recipient: string }> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  return { text: `# public key: ${recipient}\n${identity}\n`, recipient };
}

type Bytes = AsyncIterable<Uint8Array>;

/** Encrypts a stream in the format of age (age-encryption.org/v1): 64 KiB chunks, each sealed. */
export async function encrypted(plain: Bytes, { recipients }: BackupKey): Promise<Bytes> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return (await encrypter.encrypt(ReadableStream.from(plain))) as unknown as Bytes;
}

/** @throws backup.wrong_key where none of the identities opens it */
export async function decrypted(
  sealed: Bytes,
  { identities }: BackupKey,
  file: string,
): Promise<Bytes> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return (await decrypter.decrypt(ReadableStream.from(sealed))) as unknown as Bytes;
  } catch (error) {
    const reason = (error as Error).message;
    if (/no identity matched/.test(reason)) throw backupFault('backup.wrong_key', { file });
    throw backupFault('backup.not_one', { file, reason });
  }
}
