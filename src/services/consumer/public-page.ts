import { productsNamed } from '../../flows/commerce/index.ts';
import {
  canonicalIdentity,
  type Gs1Identity,
  type ItemStory,
  storyOfItem,
  writeDigitalLink,
} from '../../flows/goods/index.ts';
import {
  type Bilingual,
  dateInZone,
  type Party,
  partiesById,
  type Tx,
} from '../../kernel/index.ts';
import { isSince, recalledLots, recallOfItems, recallsUntold } from '../recall/index.ts';
import { type Journey, journeyOf } from './journey.ts';
import type { ConsumerWarning, OwnLink, PagePart } from './schema.ts';
import { findPage, type StoredPage } from './settings.ts';
import { standingWarnings } from './warnings.ts';

/** What an owner has to say of a danger, as it concerns what was scanned. */
export type ShownWarning = {
  /** The lots that it is about; none is all. */
  readonly lots: readonly string[];
  readonly reason: Bilingual;
  readonly action: Bilingual;
  readonly contact: string | null;
  readonly published_on: string;
};

/** Everything that a scan shows, and nothing else. Days are in the chain's zone. */
export type PublicPage = {
  readonly gtin: string;
  /** As the pack says it; null where the code has none, or where lots are not shown. */
  readonly lot: string | null;
  readonly serial: string | null;
  readonly name: Bilingual;
  readonly owner: Bilingual;
  /** Warnings about what was scanned itself. */
  readonly dangers: readonly ShownWarning[];
  /** Warnings about lots of the product, where the code does not say which lot it is. */
  readonly perhaps: readonly ShownWarning[];
  /** The day on which the recall of this lot went out, where the owner has not said more of it. */
  readonly recalled_on: string | null;
  /** What the code names, whether or not that is shown. */
  readonly scanned: 'product' | 'lot' | 'thing';
  /** The same where the code does not say which lot it is: lots that are recalled. */
  readonly recalled_lots: readonly string[];
  readonly has_more_lots: boolean;
  /** Goods are recalled of which nobody can tell by the code whether this is one. */
  readonly recalls_untold: boolean;
  readonly produced_on: string | null;
  readonly best_before: string | null;
  readonly expires_on: string | null;
  /** Degrees Celsius. */
  readonly storage: { readonly min: string | null; readonly max: string | null } | null;
  readonly journey: Journey;
  readonly links: readonly OwnLink[];
  /** Whether partners with an account are told where to ask for the events. */
  readonly has_epcis: boolean;
};

/** Whether what was scanned is itself in danger, so that this comes before everything. */
export const isInDanger = ({ dangers, recalled_on }: PublicPage): boolean =>
  dangers.length > 0 || recalled_on !== null;

/** Whether there is anything of a danger to say. */
export const tellsDanger = (page: PublicPage): boolean =>
  isInDanger(page) ||
  page.perhaps.length > 0 ||
  page.recalled_lots.length > 0 ||
  page.recalls_untold;

const qualifierOf = ({ qualifiers }: Gs1Identity, name: '10' | '21' | '235') =>
  qualifiers.find(([given]) => given === name)?.[1] ?? null;

type Product = { id: string; gtin: string; party: Party } & Pick<
  Awaited<ReturnType<typeof productsNamed>>[number],
  'name_zh' | 'name_en' | 'temperature_min_c' | 'temperature_max_c'
>;

/** The product as the actor lists it now, if it still bears that GTIN and is still a member's. */
async function productOf(tx: Tx, product_id: string, gtin: string): Promise<Product | null> {
  const [product] = await productsNamed(tx, { ids: [product_id] });
  const party = (await partiesById(tx, [tx.actor.party])).get(tx.actor.party);
  if (product?.owner_id !== tx.actor.party || product.gtin !== gtin) return null;
  return party?.status === 'active' ? { ...product, gtin, party } : null;
}

/** The identity without what stands below a lot. */
const lotLevel = (identity: Gs1Identity): Gs1Identity => ({
  ...identity,
  qualifiers: identity.qualifiers.filter(([name]) => name === '10'),
});

/**
 * The story of what was scanned, by its finest level; a serial's lot must be one of the actor's.
 */
async function storyOf(tx: Tx, identity: Gs1Identity): Promise<ItemStory | null> {
  const lot = qualifierOf(identity, '10');
  const named = lot === null ? null : { gtin: identity.value, lot };
  const item = canonicalIdentity(writeDigitalLink(identity));
  const story = await storyOfItem(tx, item, named);
  if (story === null || lot === null) return story;
  const ofLot = canonicalIdentity(writeDigitalLink(lotLevel(identity)));
  return ofLot === item || (await storyOfItem(tx, ofLot, named)) !== null ? story : null;
}

const scannedBy = ({ qualifiers }: Gs1Identity): PublicPage['scanned'] => {
  const names = qualifiers.map(([name]) => name);
  if (names.includes('21') || names.includes('235')) return 'thing';
  return names.includes('10') ? 'lot' : 'product';
};

const isFine = ({ qualifiers }: Gs1Identity) => qualifiers.some(([name]) => name !== '22');

/**
 * What the actor shows of what was scanned, or null where that is nothing: the product is not
 * shared, or it has no such lot. The same is asked of the database in either case.
 * @param identity a GTIN with its qualifiers, checked
 * @param preview shows the actor what others would see, shared or not
 */
export async function publicPage(
  tx: Tx,
  product_id: string,
  identity: Gs1Identity,
  preview = false,
): Promise<PublicPage | null> {
  const gtin = identity.value;
  const found = await findPage(tx, product_id);
  const product = await productOf(tx, product_id, gtin);
  const isShown = found !== undefined && (found.is_shared || preview) && found.gtin === gtin;
  const page = isShown && product !== null ? { ...found, product } : null;
  const shows = (part: PagePart) => page?.parts.includes(part) ?? false;
  const asksStory = isFine(identity) && (page === null || shows('lots'));
  const story = asksStory ? await storyOf(tx, identity) : null;
  const danger = await dangerOf(tx, product_id, identity);
  // Of a lot that only others have recorded the owner may still say that it is in danger.
  const isKnown = !asksStory || story !== null || danger.names_lot;
  return page !== null && isKnown ? assemble(tx, { page, identity, story, danger }) : null;
}

type Danger = Pick<PublicPage, 'dangers' | 'perhaps' | 'recalled_on'> & {
  /** Whether the owner names the very lot, or thing, that was scanned. */
  names_lot: boolean;
  told: readonly ConsumerWarning[];
};

/** What an owner has said of the danger of what was scanned, and what it recalls of it. */
async function dangerOf(tx: Tx, product_id: string, identity: Gs1Identity): Promise<Danger> {
  const lot = qualifierOf(identity, '10');
  const told = await standingWarnings(tx, product_id);
  const recall = await recallOfItems(tx, itemsOf(identity));
  const names = ({ lots }: ConsumerWarning) => lot !== null && lots.includes(lot);
  const about = told.filter((one) => one.lots.length === 0 || names(one));
  const isSaid = recall !== null && about.some((one) => isSince(one, recall));
  const isSilent = recall !== null && !isSaid;
  return {
    told,
    names_lot: recall !== null || told.some(names),
    dangers: about.map((one) => shown(tx, one)),
    perhaps:
      lot === null ? told.filter((one) => !about.includes(one)).map((one) => shown(tx, one)) : [],
    recalled_on: isSilent ? dateInZone(recall.first_sent_at, tx.zone) : null,
  };
}

type Assembled = {
  page: StoredPage & { product: Product };
  identity: Gs1Identity;
  story: ItemStory | null;
  danger: Danger;
};

async function assemble(tx: Tx, { page, identity, story, danger }: Assembled): Promise<PublicPage> {
  const { product, parts, place_detail, links, gtin } = page;
  const shows = (part: PagePart) => parts.includes(part);
  const lot = qualifierOf(identity, '10');
  const serial = qualifierOf(identity, '21');
  const { dangers, perhaps, recalled_on, told } = danger;
  const days = shows('dates') ? story : null;
  const others = lot === null ? await recalledLots(tx, gtin, told) : { lots: [], has_more: false };
  return {
    gtin,
    lot:
      shows('lots') || recalled_on !== null || dangers.some(({ lots }) => lots.length > 0)
        ? lot
        : null,
    serial: shows('lots') ? serial : null,
    name: { zh: product.name_zh, en: product.name_en },
    owner: { zh: product.party.name_zh, en: product.party.name_en },
    ...{ dangers, perhaps, recalled_on },
    scanned: scannedBy(identity),
    recalled_lots: others.lots,
    has_more_lots: others.has_more,
    recalls_untold: recalled_on === null && (await recallsUntold(tx, gtin, { lot, serial }, told)),
    produced_on: days?.produced_on ?? null,
    best_before: days?.best_before ?? null,
    expires_on: days?.expires_on ?? null,
    storage: shows('storage') ? storageOf(product) : null,
    journey: await journeyOf(tx, story, {
      places: place_detail,
      origin: shows('origin'),
      steps: shows('journey'),
      party: product.party,
      one_by_one: serial !== null,
    }),
    links,
    has_epcis: shows('epcis'),
  };
}

function shown(tx: Tx, warning: ConsumerWarning): ShownWarning {
  const { lots, reason_zh, reason_en, action_zh, action_en, contact, published_at } = warning;
  return {
    lots,
    reason: { zh: reason_zh, en: reason_en },
    action: { zh: action_zh, en: action_en },
    contact,
    published_on: dateInZone(published_at, tx.zone),
  };
}

function storageOf({ temperature_min_c: min, temperature_max_c: max }: Product) {
  return min === null && max === null ? null : { min, max };
}

/**
 * Under which names a recall may list what was scanned: it itself, and its lot. A code that says
 * neither may stand on goods that have no lot.
 */
function itemsOf(identity: Gs1Identity): string[] {
  const named = [identity, lotLevel(identity)].filter(isFine);
  const whole = { ...identity, qualifiers: [] };
  return (named.length > 0 ? named : [whole]).map((one) =>
    canonicalIdentity(writeDigitalLink(one)),
  );
}
