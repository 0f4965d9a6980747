import { type ItemStep, type ItemStory, ownPlacesNamed } from '../../flows/goods/index.ts';
import {
  type Bilingual,
  type ChainRole,
  dateInZone,
  limits,
  type Party,
  partiesById,
  provinceOf,
  type Tx,
} from '../../kernel/index.ts';
import type { placeDetails } from './schema.ts';

/** One knot of the thread: what was done, by what kind of firm, about where, from when to when. */
export type JourneyStep = {
  readonly what: Bilingual;
  /** What kind of firm it was; null for the owner itself. Never who. */
  readonly who: Bilingual | null;
  readonly where: Bilingual | null;
  /** Days in the chain's zone; the same where it was one day. */
  readonly from: string;
  readonly to: string;
};

export type Journey = {
  readonly origin: Bilingual | null;
  readonly steps: readonly JourneyStep[];
  /** There is more than is shown. */
  readonly has_more: boolean;
};

type Manner = {
  places: (typeof placeDetails)[number];
  origin: boolean;
  steps: boolean;
  /** The owner. */
  party: Party;
  /** A single thing is followed step by step; a lot is in many places at once. */
  one_by_one: boolean;
};

const MADE: Bilingual = { zh: '生产', en: 'Made' };

/** Business steps (CBV 2.0, 7.1) that say something to a consumer. What is missing is not shown. */
const words: Readonly<Record<string, Bilingual>> = {
  commissioning: MADE,
  creating_class_instance: MADE,
  packing: { zh: '包装', en: 'Packed' },
  repackaging: { zh: '重新包装', en: 'Packed anew' },
  inspecting: { zh: '检验', en: 'Inspected' },
  sampling: { zh: '抽样', en: 'Sampled' },
  storing: { zh: '入库', en: 'Stored' },
  loading: { zh: '装车', en: 'Loaded' },
  departing: { zh: '发车', en: 'Departed' },
  shipping: { zh: '发货', en: 'Sent out' },
  transporting: { zh: '运输', en: 'On the road' },
  arriving: { zh: '抵达', en: 'Arrived' },
  unloading: { zh: '卸货', en: 'Unloaded' },
  receiving: { zh: '到货', en: 'Arrived' },
  accepting: { zh: '验收', en: 'Accepted' },
  stocking: { zh: '上架', en: 'On the shelf' },
};

/** The kind of a firm that says most to a consumer, the first that fits. */
const kinds: readonly [ChainRole, Bilingual][] = [
  ['shop', { zh: '门店', en: 'a shop' }],
  ['dealer', { zh: '经销商', en: 'a distributor' }],
  ['warehouse', { zh: '仓库', en: 'a warehouse' }],
  ['carrier', { zh: '运输企业', en: 'a carrier' }],
  ['manufacturer', { zh: '生产企业', en: 'a manufacturer' }],
  ['supplier', { zh: '供应商', en: 'a supplier' }],
];
const SOMEBODY: Bilingual = { zh: '合作企业', en: 'a partner' };

function kindOf(party: Party | undefined): Bilingual {
  return kinds.find(([role]) => party?.roles.includes(role))?.[1] ?? SOMEBODY;
}

/**
 * The owner's thread of an item: its own steps, and those of its partners by kind and region. A
 * partner's name and places appear nowhere, nor how many partners there are.
 */
export async function journeyOf(tx: Tx, story: ItemStory | null, manner: Manner): Promise<Journey> {
  const steps = story?.steps.filter(({ step }) => Object.hasOwn(words, step ?? '')) ?? [];
  const named = await partiesById(
    tx,
    steps.map(({ by }) => by),
  );
  const isOwn = ({ by }: ItemStep) => by === manner.party.id;
  const uris = steps.filter(isOwn).flatMap(({ place }) => place ?? []);
  const places = manner.places === 'name' ? await ownPlacesNamed(tx, uris) : new Map();
  const whereOf = (step: ItemStep): Bilingual | null => {
    if (manner.places === 'none') return null;
    const place = isOwn(step) ? places.get(step.place ?? '') : undefined;
    if (place) return { zh: place.name_zh, en: place.name_en };
    return provinceOf(named.get(step.by)?.region_code ?? null);
  };
  const knots = steps.map((step): JourneyStep => {
    const day = dateInZone(step.at, tx.zone);
    const what = words[step.step ?? ''] ?? MADE;
    const who = isOwn(step) ? null : kindOf(named.get(step.by));
    return { what, who, where: whereOf(step), from: day, to: day };
  });
  const made = steps.findIndex((step) => isOwn(step) && words[step.step ?? ''] === MADE);
  const joined = manner.one_by_one ? joinedNext(knots) : joinedAll(knots);
  return {
    origin: manner.origin ? (knots[made]?.where ?? null) : null,
    steps: manner.steps ? joined.slice(0, limits.consumer_steps) : [],
    has_more: manner.steps && joined.length > limits.consumer_steps,
  };
}

const keyOf = ({ what, who, where }: JourneyStep) => `${what.zh}|${who?.zh}|${where?.zh}`;

/** Equal steps as one, from the first to the last day: so many deliveries are one knot. */
function joinedAll(steps: readonly JourneyStep[]): JourneyStep[] {
  const joined = new Map<string, JourneyStep>();
  for (const step of steps) {
    const before = joined.get(keyOf(step));
    joined.set(keyOf(step), before ? { ...before, to: step.to } : step);
  }
  return [...joined.values()];
}

/** Equal steps that follow each other as one. */
function joinedNext(steps: readonly JourneyStep[]): JourneyStep[] {
  const joined: JourneyStep[] = [];
  for (const step of steps) {
    const last = joined.at(-1);
    if (last === undefined || keyOf(last) !== keyOf(step)) joined.push(step);
    else joined[joined.length - 1] = { ...last, to: step.to };
  }
  return joined;
}
