import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Answer, required, type Values } from './verb.ts';

/** The text of the file that an option names, and its name for what is wrong in it. */
export function fileOf(values: Values, name: string): [text: string, file: string] {
  const file = required(values, name);
  try {
    return [readFileSync(file, 'utf8'), basename(file)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`--${name}: 读不到文件 the file cannot be read: ${reason}`);
  }
}

/** For verbs whose answer is data: the same JSON for a person, laid out in lines. */
export const printed = (json: unknown): Answer => ({
  lines: [JSON.stringify(json, null, 2)],
  json,
});
