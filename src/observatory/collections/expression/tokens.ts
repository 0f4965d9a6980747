import type { Bilingual } from '../../../kernel/index.ts';

/** What is wrong with a rule, and at which of its characters, the first being 1. */
export type ExpressionError = Bilingual & { readonly column: number };

export const signs = ['<=', '>=', '!=', '<', '>', '=', '+', '-', '*', '/', '(', ')', '.'] as const;
export type Sign = (typeof signs)[number];

export type Token =
  | { readonly kind: 'number' | 'name'; readonly text: string; readonly column: number }
  | { readonly kind: 'sign'; readonly text: Sign; readonly column: number }
  | { readonly kind: 'end'; readonly text: ''; readonly column: number };

/** What Chinese keyboards and printed forms write, one character for one. */
const SAME: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '＋': '+',
  '－': '-',
  '×': '*',
  '＊': '*',
  '÷': '/',
  '／': '/',
  '＝': '=',
  '＜': '<',
  '＞': '>',
  '．': '.',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
};

const NUMBER = /^\d{1,20}(\.\d{1,10})?/;
const NAME = /^[a-z][a-z0-9_]*/;

/** Cuts a rule into its words. Columns are those of the text as it was written. */
export function tokensOf(text: string): Token[] | ExpressionError {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const column = at + 1;
    const rest = text.slice(at);
    const character = rest.charAt(0);
    const word = NUMBER.exec(rest)?.[0] ?? NAME.exec(rest)?.[0];
    if (/\s/.test(character)) {
      at += 1;
    } else if (word !== undefined) {
      tokens.push({ kind: /^\d/.test(word) ? 'number' : 'name', text: word, column });
      at += word.length;
    } else {
      const same = SAME[character];
      const sign = signs.find((one) => (same ? one === same : rest.startsWith(one)));
      if (!sign) {
        return {
          column,
          zh: `不认识“${character}”。`,
          en: `"${character}" means nothing here.`,
        };
      }
      tokens.push({ kind: 'sign', text: sign, column });
      at += same ? 1 : sign.length;
    }
  }
  tokens.push({ kind: 'end', text: '', column: text.length + 1 });
  return tokens;
}
