import { limits } from '../../../kernel/index.ts';
import { ofDecimal, type Rational } from './rational.ts';
import { type ExpressionError, type Sign, type Token, tokensOf } from './tokens.ts';

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** What comes to a number. */
export type Figure =
  | { readonly kind: 'number'; readonly value: Rational }
  | { readonly kind: 'item'; readonly code: string; readonly isBefore: boolean }
  | { readonly kind: 'negate' | 'abs'; readonly of: Figure }
  | {
      readonly kind: 'arithmetic';
      readonly sign: '+' | '-' | '*' | '/';
      readonly left: Figure;
      readonly right: Figure;
    };

/** What comes to yes, no, or neither. */
export type Condition =
  | {
      readonly kind: 'compare';
      readonly sign: Comparison;
      readonly left: Figure;
      readonly right: Figure;
    }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition };

/** Words that no item may have for its code. */
export const reservedWords: readonly string[] = ['and', 'or', 'not', 'abs', 'prev'];

type Node = Figure | Condition;
type Parsed = { readonly node: Node; readonly column: number };

class Stop extends Error {
  readonly error: ExpressionError;
  constructor(column: number, zh: string, en: string) {
    super(en);
    this.error = { column, zh, en };
  }
}

const isCondition = (node: Node): node is Condition =>
  ['compare', 'and', 'or', 'not'].includes(node.kind);

function figureOf({ node, column }: Parsed): Figure {
  if (!isCondition(node)) return node;
  throw new Stop(column, '这里要一个数，不是一个判断。', 'A figure is wanted here, no comparison.');
}

function conditionOf({ node, column }: Parsed): Condition {
  if (isCondition(node)) return node;
  throw new Stop(
    column,
    '这里要一个判断，如 a <= b。',
    'A comparison is wanted here, such as a <= b.',
  );
}

const comparisons: readonly string[] = ['<', '<=', '>', '>=', '=', '!='] satisfies Comparison[];

/** Loosest first: what stands in a later row binds closer. */
const binaries: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  comparisons,
  ['+', '-'],
  ['*', '/'],
];

/** Reads one rule from its tokens, by recursive descent; a rule is short, and so is its depth. */
class Reader {
  readonly tokens: readonly Token[];
  readonly items: ReadonlySet<string>;
  at = 0;
  depth = 0;
  products = 0;

  constructor(tokens: readonly Token[], items: ReadonlySet<string>) {
    this.tokens = tokens;
    this.items = items;
  }

  get token(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  take(text: Sign | string): boolean {
    const found = this.token.kind !== 'number' && this.token.text === text;
    if (found && this.token.kind !== 'end') this.at += 1;
    return found;
  }

  need(sign: Sign): void {
    if (this.take(sign)) return;
    throw new Stop(this.token.column, `这里缺少“${sign}”。`, `"${sign}" is missing here.`);
  }

  deeper<T>(work: () => T): T {
    if (++this.depth > limits.rule_depth) {
      throw new Stop(this.token.column, '括号和符号套得太深。', 'Brackets go too deep here.');
    }
    const result = work();
    this.depth -= 1;
    return result;
  }

  whole(): Condition {
    const parsed = this.binary(0);
    const { kind, column, text } = this.token;
    if (kind !== 'end') {
      throw new Stop(column, `“${text}”前面缺少运算符。`, `An operator is missing before ${text}.`);
    }
    return conditionOf(parsed);
  }

  binary(level: number): Parsed {
    const row = binaries[level];
    if (!row) return this.unary();
    let left = level === 2 ? this.negated(level) : this.binary(level + 1);
    for (let count = 0; row.includes(this.token.text) && this.token.kind !== 'number'; count++) {
      const { column, text } = this.token;
      if (level === 2 && count > 0) {
        throw new Stop(
          column,
          '一次只比较两个数，用 and 连接几个判断。',
          'Compare two figures at a time, and join comparisons with "and".',
        );
      }
      this.at += 1;
      if (row.includes('*')) this.count(column);
      left = { node: joined(text, left, this.binary(level + 1)), column: left.column };
    }
    return left;
  }

  /** Each makes the fractions longer, and the work on them grows with the square of that. */
  count(column: number): void {
    if (++this.products <= limits.rule_products) return;
    throw new Stop(
      column,
      `一条公式最多乘除 ${limits.rule_products} 次。`,
      `A rule multiplies and divides ${limits.rule_products} times at most.`,
    );
  }

  /** `not a = b` denies the comparison: it stands above it and below `and`. */
  negated(level: number): Parsed {
    const { column } = this.token;
    if (!this.take('not')) return this.binary(level + 1);
    const of = this.deeper(() => this.binary(level));
    return { node: { kind: 'not', of: conditionOf(of) }, column };
  }

  unary(): Parsed {
    const { column } = this.token;
    if (!this.take('-')) return this.primary();
    const of = this.deeper(() => this.unary());
    return { node: { kind: 'negate', of: figureOf(of) }, column };
  }

  bracketed(): Parsed {
    const inside = this.deeper(() => this.binary(0));
    this.need(')');
    return inside;
  }

  primary(): Parsed {
    const { kind, text, column } = this.token;
    if (kind === 'end') throw new Stop(column, '公式没有写完。', 'The rule ends too soon.');
    this.at += 1;
    if (kind === 'number') return { node: { kind: 'number', value: ofDecimal(text) }, column };
    if (text === '(') return { node: this.bracketed().node, column };
    if (text === 'abs') {
      this.need('(');
      return { node: { kind: 'abs', of: figureOf(this.bracketed()) }, column };
    }
    if (kind === 'sign' || (reservedWords.includes(text) && text !== 'prev')) {
      throw new Stop(column, `“${text}”不能放在这里。`, `"${text}" cannot stand here.`);
    }
    return { node: this.itemNode(text, column), column };
  }

  itemNode(text: string, column: number): Figure {
    const isBefore = text === 'prev';
    if (isBefore) this.need('.');
    const name = isBefore ? this.token : { text, column };
    if (isBefore) this.at += 1;
    if (this.items.has(name.text)) return { kind: 'item', code: name.text, isBefore };
    throw new Stop(
      name.column,
      `没有数值指标“${name.text}”。`,
      `There is no item "${name.text}" that is a figure.`,
    );
  }
}

function joined(text: string, left: Parsed, right: Parsed): Node {
  if (text === 'and' || text === 'or') {
    return { kind: text, left: conditionOf(left), right: conditionOf(right) };
  }
  const sides = { left: figureOf(left), right: figureOf(right) };
  return comparisons.includes(text)
    ? { kind: 'compare', sign: text as Comparison, ...sides }
    : { kind: 'arithmetic', sign: text as '+' | '-' | '*' | '/', ...sides };
}

/**
 * Reads a rule: comparisons (< <= > >= = !=, also ≤ ≥ ≠) of sums, products and ratios of items,
 * `prev.item` for the same item one period before, `abs(…)`, joined by `and`, `or`, `not`.
 * @param items codes of the items that are figures
 * @returns the condition, or what is wrong and at which character
 */
export function parseRule(text: string, items: ReadonlySet<string>): Condition | ExpressionError {
  const tokens = tokensOf(text);
  if (!Array.isArray(tokens)) return tokens;
  try {
    return new Reader(tokens, items).whole();
  } catch (error) {
    if (error instanceof Stop) return error.error;
    throw error;
  }
}

export const isError = (parsed: Condition | ExpressionError): parsed is ExpressionError =>
  'column' in parsed;
