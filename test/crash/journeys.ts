import { operations } from '../../web/src/generated/api.ts';
import { type Operation, urlOf } from '../conformance/world/client.ts';

type Side = 'maker' | 'dealer';
type Answer = { status: number; body: Record<string, unknown> };
type Step = { who: Side; name: Operation; params?: object; body: object };

export type Load = {
  url: string;
  keys: Record<Side, string>;
  ids: Record<Side | 'place' | 'product', string>;
};

/** One order on its way to its bill, and what was answered to each of its commands so far. */
export type Journey = { number: string; acknowledged: Answer[] };

const stepCount = 4;
export const isDone = ({ acknowledged }: Journey) => acknowledged.length === stepCount;
/** The order's id, once anybody has been told it. */
export const orderOf = ({ acknowledged }: Journey) => String(acknowledged[0]?.body.id);

function nextStep(journey: Journey, { ids }: Load): Step {
  const id = orderOf(journey);
  const steps: Step[] = [
    {
      who: 'dealer',
      name: 'order.place',
      body: {
        number: journey.number,
        seller_id: ids.maker,
        requested_on: '2030-01-01',
        lines: [
          { product_id: ids.product, quantity: '2', unit: 'KGM', price: '10' },
          { name: '包装', quantity: '1', unit: 'C62', price: '1' },
        ],
      },
    },
    {
      who: 'maker',
      name: 'order.respond',
      params: { id },
      body: { lines: [1, 2].map((line_no) => ({ line_no, answer: 'accept' })) },
    },
    {
      who: 'maker',
      name: 'despatch.send',
      body: {
        order_id: id,
        from_place_id: ids.place,
        expected_on: '2030-01-01',
        lines: [{ order_line_no: 1, quantity: '2', lot: 'L' }],
      },
    },
    {
      who: 'maker',
      name: 'invoice.issue',
      body: {
        buyer_id: ids.dealer,
        order_id: id,
        lines: [{ order_line_no: 1, quantity: '2' }],
      },
    },
  ];
  return steps[journey.acknowledged.length] as Step;
}

/** What came back, or null where nothing did: the connection broke, or the database is away. */
async function send(load: Load, key: string, step: Step): Promise<Answer | null> {
  const { method, path } = operations[step.name];
  const authorization = `Bearer ${load.keys[step.who]}`;
  try {
    const reply = await fetch(load.url + urlOf(path, step.params), {
      method,
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(step.body),
      signal: AbortSignal.timeout(20_000),
    });
    const body = (await reply.json()) as Record<string, unknown>;
    return reply.status === 503 ? null : { status: reply.status, body };
  } catch {
    return null;
  }
}

/**
 * Goes on with a journey as far as it gets, each command under a key of its own. One that was not
 * answered is asked again under the same key, whatever became of it.
 * @returns whether it got to its end
 * @throws when the server answers with anything but success or 503
 */
export async function travel(journey: Journey, load: Load, goes: () => boolean): Promise<boolean> {
  while (!isDone(journey) && goes()) {
    const step = nextStep(journey, load);
    const answer = await send(load, `${journey.number}-${journey.acknowledged.length}`, step);
    if (answer === null) return false;
    if (answer.status >= 300) {
      throw new Error(`${step.name}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    journey.acknowledged.push(answer);
  }
  return isDone(journey);
}
