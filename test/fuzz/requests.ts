import type { Route } from '../../src/kernel/index.ts';
import type { Dice } from '../simulation/dice.ts';
import type { Player } from '../simulation/stage.ts';
import { mutatedBytes, mutatedJson, oddCursors, oddTexts } from './mutations.ts';
import { type Known, type Shape, shapeOf, valueFor } from './values.ts';

export type Request = {
  method: Route['method'];
  url: string;
  headers: Record<string, string>;
  payload?: string | Buffer;
};

/** Documents to begin with, by media type: what is made of them is another matter. */
export type Samples = ReadonlyMap<string, readonly Uint8Array[]>;

type Asked = { route: Route; params: Shape | null; query: Shape | null; body: Shape | null };

/** Every route with the shapes of what it takes, made once. */
export function askedOf(routes: readonly Route[]): Asked[] {
  return routes.map((route) => ({
    route,
    params: route.params ? shapeOf(route.params) : null,
    query: route.query ? shapeOf(route.query) : null,
    body: route.body ? shapeOf(route.body) : null,
  }));
}

const types = [
  'application/json',
  'text/plain',
  'application/xml',
  'text/csv',
  'multipart/form-data',
  '',
  'a/b; charset=\u00ff',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
];

function textIn(value: unknown, dice: Dice, wild: boolean): string {
  if (wild && dice.chance(0.3)) return dice.pick(oddTexts);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function urlFor({ route, params, query }: Asked, dice: Dice, known: Known, wild: boolean): string {
  const given = (
    params ? valueFor(params, route.id.split('.')[0] ?? '', dice, known) : {}
  ) as Record<string, unknown>;
  const path = Object.entries(given).reduce((text, [name, value]) => {
    const filled = textIn(value, dice, wild);
    const raw = wild && dice.chance(0.2) && !/[\0 ]/.test(filled);
    return text.replace(`{${name}}`, () => (raw ? filled : encodeURIComponent(filled)));
  }, route.path);
  const asked = query ? (valueFor(query, '', dice, known) as Record<string, unknown>) : {};
  const pairs = Object.entries(asked).map(([name, value]) => {
    const odd = name === 'after' && dice.chance(0.5);
    return [name, odd ? dice.pick(oddCursors) : textIn(value, dice, wild)];
  });
  if (wild && dice.chance(0.2)) pairs.push(...pairs, ['__proto__', 'x']);
  const search = new URLSearchParams(pairs as [string, string][]).toString();
  return search ? `${path}?${search}` : path;
}

function headersFor(route: Route, player: Player, dice: Dice, wild: boolean) {
  const headers: Record<string, string> = { authorization: `Bearer ${player.key}` };
  if (route.method !== 'GET' && dice.chance(0.5)) {
    headers['idempotency-key'] = `f-${dice.between(1, 5_000)}`;
  }
  if (dice.chance(0.2)) headers['accept-language'] = dice.pick(['en', 'zh', 'x;q=9', '*']);
  if (route.gives && dice.chance(0.5)) headers.accept = dice.pick(route.gives);
  if (!wild) return headers;
  const odd: [string, string][] = [
    ['if-match', dice.pick(['"1"', 'W/"x"', '"', '*', '"99999999999999999999"', '\u00ff'])],
    ['idempotency-key', dice.pick(['', 'a'.repeat(201), '\u00ff', 'x'.repeat(200)])],
    [
      'authorization',
      dice.pick(['', 'Bearer', 'Bearer \u00ff', `Bearer ${player.key}x`, 'Basic eA==']),
    ],
    ['accept', dice.pick(['*/*', 'text/csv', ';;;', ',,,', 'application/xml;q=x'])],
    ['accept-language', dice.pick(['zh-CN,zh;q=0.9', '\u00ff', 'q'.repeat(500)])],
    ['x-file-name', dice.pick(['%', '%E4%BD', 'a'.repeat(900), '..%2F..%2Fx', '%00'])],
    ['cookie', dice.pick(['__Host-session=x', '=;=;', 'a=%ff'])],
  ];
  for (const [name, value] of odd) if (dice.chance(0.12)) headers[name] = value;
  return headers;
}

function documentFor(route: Route, dice: Dice, samples: Samples, wild: boolean) {
  const type = dice.pick(route.takes ?? ['application/octet-stream']);
  const all = [...samples.values()].flat();
  const fitting = samples.get(type) ?? all;
  const sample = dice.pick(wild && dice.chance(0.2) ? all : fitting);
  return { type, bytes: dice.chance(0.2) ? sample : mutatedBytes(sample, dice) };
}

/** One request to a route, from dice alone: as its schema says, or (half of them) not quite. */
export function requestFor(
  asked: Asked,
  player: Player,
  dice: Dice,
  known: Known,
  samples: Samples,
): Request {
  const { route, body } = asked;
  const wild = dice.chance(0.5);
  const headers = headersFor(route, player, dice, wild);
  const request: Request = { method: route.method, url: urlFor(asked, dice, known, wild), headers };
  if (route.takes && (!body || dice.chance(0.6))) {
    const { type, bytes } = documentFor(route, dice, samples, wild);
    headers['content-type'] = wild && dice.chance(0.1) ? dice.pick(types) : type;
    return { ...request, payload: Buffer.from(bytes) };
  }
  if (!body && !(wild && route.method !== 'GET' && dice.chance(0.3))) return request;
  const value = valueFor(body ?? { type: 'object' }, '', dice, known);
  headers['content-type'] = wild && dice.chance(0.1) ? dice.pick(types) : 'application/json';
  return { ...request, payload: wild ? mutatedJson(value, dice) : JSON.stringify(value) };
}
