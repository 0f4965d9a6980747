import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Answer, required, type Values } from './verb.ts';

/** The text of the file that an option names, and its name for what is wrong in it. */
export function fileOf(values: Values, name: string): [text: string, file: string] {
  const file = required(values, name);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`--${name}: 读不到文件 the file cannot be read: ${reason}`);
  }
  try {
    return [new TextDecoder('utf-8', { fatal: true }).decode(bytes), basename(file)];
  } catch {
    const zh = `${file} 不是 UTF-8 编码：请在表格软件中另存为“CSV UTF-8”`;
    const en = 'the file is not UTF-8: save it as "CSV UTF-8" in the spreadsheet';
    throw new Error(`--${name}: ${zh} ${en}`);
  }
}

/** For verbs whose answer is data: the same JSON for a person, laid out in lines. */
export const printed = (json: unknown): Answer => ({
  lines: [JSON.stringify(json, null, 2)],
  json,
});
