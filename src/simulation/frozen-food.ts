import {
  addProduct,
  listProducts,
  type NewSupplyAgreement,
  type Product,
  proposeAgreement,
  takeUpAgreement,
} from '../flows/commerce/index.ts';
import { addPlace, type Place } from '../flows/goods/index.ts';
import {
  addDays,
  addParty,
  type Chain,
  createChain,
  type Database,
  dateInZone,
  hashPassword,
  onBehalfOf,
  type Party,
  type SeatRole,
  type Store,
  seatKnownPerson,
  seatPerson,
  shareWith,
} from '../kernel/index.ts';
import { loadReleaser } from '../observatory/publishing/index.ts';
import {
  bystanders,
  codeOf,
  dealersOf,
  goodsSold,
  type Member,
  maker,
  makersGln,
  materials,
  shopsOf,
  suppliers,
} from './cast.ts';
import { planLabelRecall } from './label-recall.ts';
import { type Lane, openLane } from './lane.ts';
import { planMonthlySurvey } from './monthly-survey.ts';
import { liveOrder, type Manner } from './order-life.ts';
import { type Kitchen, planProduction } from './production.ts';
import { PUBLISHED_SURVEY_DAYS, planPublishedSurvey, type Surveyed } from './published-survey.ts';
import { planServices, servicesSold } from './services-sold.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { showProducts } from './shown-products.ts';

export type SimulationOptions = {
  slug: string;
  days: number;
  dealers: number;
  shops_per_dealer: number;
  seed: number;
  /** The last simulated instant: the present. */
  end: Date;
  say: (line: string) => void;
};

/** Who may sign in to the chain afterwards. All share one password, told on the terminal. */
export type DemoPerson = { login: string; party: string; role: SeatRole };
export const demoPassword = 'jingwei-demo';

type Play = {
  database: Database;
  chain: Chain;
  options: SimulationOptions;
  start: Date;
  parties: Map<string, Party>;
  places: Map<string, Place>;
  id(key: string): string;
};

const dayMs = 86_400_000;
const zone = 'Asia/Shanghai';

/**
 * A frozen-food chain over some days that end now: a maker, its suppliers, dealers, shops,
 * carriers, and those who watch. Everything goes through the modules' doors, on behalf of whoever
 * does it; the same seed, days and end give the same chain.
 *
 * @returns the people who can sign in, and how many steps were simulated.
 */
export async function simulateFrozenFood(
  store: Store,
  options: SimulationOptions,
): Promise<{ people: DemoPerson[]; steps: number; chain: Chain }> {
  const { database } = store;
  const chain = await createChain(store, {
    slug: options.slug,
    name_zh: '速冻食品链',
    name_en: 'Frozen food chain',
    zone,
  });
  const start = new Date(options.end.getTime() - options.days * dayMs);
  const play: Play = {
    database,
    chain,
    options,
    start,
    parties: new Map(),
    places: new Map(),
    id(key) {
      const party = play.parties.get(key);
      if (!party) throw new Error(`The cast has no ${key}.`);
      return party.id;
    },
  };
  const opening = openLane(database, chain, options.seed, new Date(start.getTime() - dayMs), start);
  const dealers = dealersOf(options.dealers);
  const shops = shopsOf(dealers, options.shops_per_dealer);
  options.say(`成员入链 members: ${suppliers.length + dealers.length + shops.length + 9}`);
  await enter(play, opening, [maker, ...suppliers, ...bystanders, ...dealers, ...shops]);
  const people = await seatPeople(play, opening);
  // Loaded beside the trade; whoever drafts the first release waits for it, and hears of a failure.
  if (options.days > PUBLISHED_SURVEY_DAYS) loadReleaser().catch(() => {});
  const shelf = openShelf();
  options.say('往来开始 trade begins');
  const { lane: buying, kitchen } = await openBuying(play);
  const selling = await openSelling(play, dealers, shelf, kitchen);
  const halves = [0, 1].map((half) => dealers.filter((_, i) => i % 2 === half));
  const retail = [];
  for (const [i, part] of halves.entries()) retail.push(await openRetail(play, part, shops, i));
  // The lanes share no order and no numbers; selling waits where it uses what buying brought in.
  const counts = await Promise.all([buying, selling, ...retail].map((lane) => lane.run()));
  const ending = openLane(database, chain, options.seed + 9, start, options.end);
  planSurveys(play, ending, dealers);
  planLabelRecall(ending, play.id('maker'), play.id('dealer1'), options.end);
  counts.push(await ending.run());
  const steps = counts.reduce((sum, count) => sum + count, 0);
  return { people, steps, chain };
}

/** One survey that has become a release and its revision, where there is time; one under way. */
function planSurveys(play: Play, lane: Lane, dealers: readonly Member[]): void {
  const { chain, options } = play;
  const statistics = play.id('statistics');
  const surveyed = (member: Member): Surveyed => ({ ...member, id: play.id(member.key) });
  if (options.days > PUBLISHED_SURVEY_DAYS) {
    const movers = bystanders.filter(({ roles }) =>
      roles.some((role) => role === 'carrier' || role === 'warehouse'),
    );
    const firms = [maker, ...suppliers, ...movers, ...dealers.slice(0, 18)].map(surveyed);
    const correcting = dealers.slice(0, 8).map(surveyed);
    const seed = options.seed + 20;
    const published = { statistics, firms, correcting, seed };
    planPublishedSurvey(lane, chain, published, options.end);
  }
  const survey = {
    statistics,
    firms: [maker, ...suppliers].map(({ key }) => play.id(key)),
    answering: ['meat1', 'veg1', 'flour1', 'meat2', 'sugar', 'rice'].map((key) => play.id(key)),
  };
  planMonthlySurvey(lane, chain, survey, options.end);
}

async function enter(play: Play, lane: Lane, members: readonly Member[]): Promise<void> {
  let serial = play.options.seed * 1_000 + 1;
  for (const member of members) {
    const { name_zh, name_en, roles, lon, lat } = member;
    const uscc = codeOf(member, serial++);
    const party = await onBehalfOf(lane.store, play.chain, lane.store.newId(), (tx) =>
      addParty(
        tx,
        {
          ...{ name_zh, name_en, uscc, roles: [...roles], lon, lat, region_code: '410100' },
          ...(member === maker ? { gln: makersGln(play.options.seed) } : {}),
        },
        { status: 'active', verified: true },
      ),
    );
    play.parties.set(member.key, party);
    if (!member.place) continue;
    const kind = member.place;
    const names = { name_zh: `${name_zh}冷库`, name_en: `${name_en} cold store` };
    const place = await lane.as(party.id, (tx) => addPlace(tx, { ...names, kind, lon, lat }));
    play.places.set(member.key, place);
  }
}

const demoSeats: [string, string, SeatRole][] = [
  ['core', 'maker', 'admin'],
  ['supplier', 'meat1', 'admin'],
  ['coop', 'veg1', 'admin'],
  ['dealer', 'dealer1', 'admin'],
  ['shop', 'shop1', 'admin'],
  ['carrier', 'truck1', 'admin'],
  ['lender', 'lender', 'finance'],
  ['association', 'association', 'viewer'],
  ['statistics', 'statistics', 'admin'],
];

async function seatPeople(play: Play, lane: Lane): Promise<DemoPerson[]> {
  const password_hash = await hashPassword(demoPassword);
  const people: DemoPerson[] = [];
  for (const [login, key, role] of demoSeats) {
    const party = play.parties.get(key);
    if (!party) continue;
    // A second chain on one database has its people already: they get a seat in it too.
    const seat = { login, name: `演示·${party.name_zh}`, password_hash, role };
    await lane
      .as(party.id, (tx) => seatPerson(tx, seat).then(() => {}))
      .catch((error: { code?: string }) => {
        if (error.code !== 'identity.login_taken') throw error;
        return lane.as(party.id, (tx) => seatKnownPerson(tx, login, role));
      });
    people.push({ login, party: party.name_zh, role });
  }
  return people;
}

type Terms = Pick<NewSupplyAgreement, 'payment_days' | 'buyer_kind' | 'seller_size'>;

async function agree(
  play: Play,
  lane: Lane,
  seller: string,
  buyer: string,
  terms: Terms,
  prices: { product: Product; price: string; tax_rate: string }[],
): Promise<void> {
  const valid_from = dateInZone(play.start.toISOString(), zone);
  const { id } = await lane.as(seller, (tx) =>
    proposeAgreement(tx, {
      seller_id: seller,
      buyer_id: buyer,
      valid_from: addDays(valid_from, -1),
      ...terms,
      quantity_tolerance_percent: '0.5',
      price_tolerance_percent: '0',
      prices: prices.map(({ product, price, tax_rate }) => ({
        product_id: product.id,
        unit: product.unit,
        price,
        tax_rate,
        valid_from: addDays(valid_from, -1),
      })),
    }),
  );
  await lane.as(buyer, (tx) => takeUpAgreement(tx, id));
}

const usual: Manner = {
  counter: 0.12,
  refuse_line: 0.02,
  late: 0.14,
  split: 0.12,
  short: 0.05,
  damage: 0.03,
  overbill: 0.5,
  pays: [-3, 1],
  carriers: [],
  to_place_id: null,
  pick: null,
};

function working(date: Date): boolean {
  return date.getUTCDay() !== 0;
}

/** The maker buys its materials: each from one supplier, every few days. */
async function openBuying(play: Play): Promise<{ lane: Lane; kitchen: Kitchen | null }> {
  const { options, start } = play;
  const lane = openLane(play.database, play.chain, options.seed + 1, start, options.end);
  const carriers = [play.id('truck1'), play.id('truck3')];
  const place = play.places.get('maker');
  const stores = openShelf();
  const bought = new Map<string, Product>();
  let lost = 0;
  for (const [index, material] of materials.entries()) {
    const seller = play.id(material.supplier);
    const size = suppliers.find((one) => one.key === material.supplier)?.size ?? 'small';
    const product = await lane.as(seller, (tx) => addProduct(tx, material.product));
    bought.set(product.code, product);
    const terms = {
      payment_days: index % 4 === 0 ? 30 : 45,
      buyer_kind: 'large',
      seller_size: size,
    };
    const { price, tax_rate, unit } = material;
    await agree(play, lane, seller, play.id('maker'), terms as Terms, [
      { product, price, tax_rate },
    ]);
    const manner: Manner = {
      ...usual,
      carriers,
      late: index % 5 === 0 ? 0.3 : 0.1,
      pays: index % 4 === 1 ? [2, 18] : [-2, 1],
      to_place_id: place?.id ?? null,
      arrived: (one, lot, quantity, at) =>
        place && stores.put(play.id('maker'), place.id, one, lot, quantity, at),
      ...(material.supplier === 'meat2' ? { loses: () => ++lost === 6 } : {}),
    };
    const order = (at: Date) => {
      const quantity = String(lane.dice.between(...material.lot));
      const wished = addDays(dateInZone(at.toISOString(), zone), lane.dice.between(3, 7));
      const lines = [{ product_id: product.id, quantity, unit }];
      const at_place = place ? { place_id: place.id, deliver_to: 'SN食品 一号冷库' } : {};
      const input = { requested_on: wished, lines, ...at_place };
      return liveOrder(lane, seller, manner, play.id('maker'), input);
    };
    planOrders(lane, start, options.days, [3, 6], order);
    const services = servicesSold[material.supplier] ?? [];
    planServices(lane, { seller, buyer: play.id('maker'), services }, { ...options, start, zone });
    if (waiting.includes(material.supplier)) planLast(lane, options.end, order);
  }
  if (!place) return { lane, kitchen: null };
  const scale = Math.max(1, options.dealers / 24);
  const { days } = options;
  const about = { maker: play.id('maker'), place, zone, start, days, scale };
  return { lane, kitchen: { ...about, buying: lane, materials: bought, stores } };
}

/** Plans orders every few working days; the last days of the play have their orders still open. */
function planOrders(
  lane: Lane,
  start: Date,
  days: number,
  every: readonly [number, number],
  order: (at: Date) => () => Promise<void>,
): void {
  for (let day = lane.dice.between(0, every[1]); day < days; day += lane.dice.between(...every)) {
    const at = new Date(start.getTime() + day * dayMs + lane.dice.between(0, 9) * 3_600_000);
    if (working(at)) lane.at(at, order(at));
  }
}

/** Where somebody can sign in, an order of the last hour waits for an answer. */
const waiting = ['meat1', 'veg1', 'dealer1', 'dealer2'];

function planLast(lane: Lane, end: Date, order: (at: Date) => () => Promise<void>): void {
  const at = new Date(end.getTime() - lane.dice.between(10, 55) * 60_000);
  lane.at(at, order(at));
}

/** Dealers order what the season asks for; the maker ships from its cold store. */
async function openSelling(
  play: Play,
  dealers: readonly Member[],
  shelf: Shelf,
  kitchen: Kitchen | null,
): Promise<Lane> {
  const { options, start } = play;
  const lane = openLane(play.database, play.chain, options.seed + 2, start, options.end);
  const seller = play.id('maker');
  const products: Product[] = [];
  for (const { product } of goodsSold) {
    products.push(await lane.as(seller, (tx) => addProduct(tx, product)));
  }
  await showProducts(lane, seller, products);
  if (kitchen) planProduction(lane, kitchen, products, shelf);
  for (const [index, dealer] of dealers.entries()) {
    const buyer = play.id(dealer.key);
    const terms: Terms = { payment_days: 30, buyer_kind: 'sme', seller_size: 'large' };
    const prices = products.map((product, i) => ({
      product,
      price: goodsSold[i]?.price ?? '0',
      tax_rate: '0.13',
    }));
    await agree(play, lane, seller, buyer, terms, prices);
    const reader_id = seller;
    await lane.as(buyer, (tx) => shareWith(tx, { reader_id, scope: 'stock', purpose: '补货协同' }));
    const place = play.places.get(dealer.key);
    const manner: Manner = {
      ...usual,
      late: 0.07,
      counter: 0.06,
      carriers: [play.id('truck1'), play.id('truck2')],
      pays: index % 6 === 5 ? [4, 25] : [-4, 1],
      to_place_id: place?.id ?? null,
      pick: (product, quantity, at) => shelf.take(seller, product, quantity, at),
      arrived: (product, lot, quantity, at) =>
        place && shelf.put(dealer.key, place.id, product, lot, quantity, at),
    };
    const order = (at: Date) => {
      const lines = basket(lane, products, at, [50, 200]);
      const wished = addDays(dateInZone(at.toISOString(), zone), lane.dice.between(2, 5));
      const input = { requested_on: wished, lines, ...(place ? { place_id: place.id } : {}) };
      return liveOrder(lane, seller, manner, buyer, input);
    };
    planOrders(lane, start, options.days, [5, 9], order);
    const services = servicesSold.maker ?? [];
    planServices(lane, { seller, buyer, services }, { ...options, start, zone });
    if (waiting.includes(dealer.key)) planLast(lane, options.end, order);
  }
  return lane;
}

function basket(
  lane: Lane,
  products: readonly Product[],
  at: Date,
  size: readonly [number, number],
) {
  const chosen = products.filter((_, i) => {
    const season = goodsSold[i]?.season[at.getUTCMonth()] ?? 1;
    return lane.dice.chance(0.3 * season);
  });
  const list = chosen.length > 0 ? chosen : [lane.dice.pick(products)];
  return list.map((product) => ({
    product_id: product.id,
    unit: product.unit,
    quantity: String(lane.dice.between(...size)),
  }));
}

/** Shops order from their dealer, which resells the maker's goods under its own codes. */
async function openRetail(
  play: Play,
  dealers: readonly Member[],
  shops: readonly (Member & { dealer: string })[],
  half: number,
): Promise<Lane> {
  const { options, start } = play;
  const lane = openLane(play.database, play.chain, options.seed + 3 + half, start, options.end);
  const made = await lane.as(play.id('maker'), async (tx) => {
    return (await listProducts(tx, { owner_id: play.id('maker'), limit: 50 })).items;
  });
  for (const dealer of dealers) {
    const seller = play.id(dealer.key);
    for (const shop of shops.filter((one) => one.dealer === dealer.key)) {
      const buyer = play.id(shop.key);
      const terms: Terms = { payment_days: 15, buyer_kind: 'sme', seller_size: dealer.size };
      await agree(play, lane, seller, buyer, terms, []);
      const manner: Manner = {
        ...usual,
        counter: 0.03,
        short: 0.02,
        damage: 0.02,
        split: 0,
        pays: lane.dice.chance(0.15) ? [3, 15] : [-6, 0],
      };
      planOrders(lane, start, options.days, [13, 21], (at) => {
        const lines = basket(lane, made, at, [4, 16]).map(({ product_id, ...line }) => {
          const index = made.findIndex((one) => one.id === product_id);
          const product = made[index];
          const price = (Number(goodsSold[index]?.price ?? 0) * 1.12).toFixed(2);
          return {
            ...line,
            name: product?.name_zh ?? '',
            seller_code: product?.code ?? '',
            price,
            tax_rate: '0.13',
          };
        });
        const wished = addDays(dateInZone(at.toISOString(), zone), lane.dice.between(1, 3));
        return liveOrder(lane, seller, manner, buyer, { requested_on: wished, lines });
      });
    }
  }
  return lane;
}
