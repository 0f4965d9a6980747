import { completeUscc } from '../../../src/kernel/index.ts';
import { ask, say } from './client.ts';
import { tellDoors } from './doors.ts';
import { type By, type Player, plainly, type Story } from './trade-story.ts';
import type { World } from './world.ts';

type Told = World<Player>;

const bytesOf = (text: string) => new TextEncoder().encode(text);
const inDays = (world: Told, days: number) =>
  new Date(world.test.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** Orders that go another way: changed, cancelled, lost on the road, sent back. */
export async function tellDetours(world: Told, story: Story, tell = plainly(world)): Promise<void> {
  const [product_id = ''] = story.products;
  const seller_id = world.parties.maker.id;
  const place = async (quantity: string) =>
    tell('dealer', 'order.place', {
      body: {
        seller_id,
        requested_on: inDays(world, 5),
        place_id: story.places.dealer,
        lines: [{ product_id, quantity, unit: 'CT' }],
      },
    });
  const changed = await place('3');
  await tell('dealer', 'order.change', {
    params: { id: changed.id },
    body: {
      reason: '加量',
      lines: [
        { change: 'alter', line_no: 1, quantity: '4' },
        { change: 'add', product_id, quantity: '1', unit: 'CT' },
      ],
    },
  });
  await tell('dealer', 'order.cancel', { params: { id: changed.id }, body: { reason: '不要了' } });
  const lost = await place('2');
  await tell('maker', 'order.respond', {
    params: { id: lost.id },
    body: { lines: [{ line_no: 1, answer: 'accept' }] },
  });
  const { despatch } = await tell('maker', 'despatch.send', {
    body: {
      order_id: lost.id,
      from_place_id: story.places.maker,
      expected_on: inDays(world, 4),
      lines: [{ order_line_no: 1, quantity: '2', lot: 'L0' }],
    },
  });
  await tell('dealer', 'despatch.lose', { params: { id: despatch.id }, body: { reason: '翻车' } });
  await tell('dealer', 'return.send', {
    body: {
      order_id: story.order.id,
      reason: '包装破损',
      lines: [{ order_line_no: 1, quantity: '1', lot: 'L0' }],
    },
  });
}

/** A bill for goods that are on their way still: nobody has inspected them. */
async function billEarly(world: Told, story: Story, tell: By) {
  const [product_id = ''] = story.products;
  const order = await tell('dealer', 'order.place', {
    body: {
      seller_id: world.parties.maker.id,
      requested_on: inDays(world, 5),
      lines: [{ product_id, quantity: '1', unit: 'CT' }],
    },
  });
  await tell('maker', 'order.respond', {
    params: { id: order.id },
    body: { lines: [{ line_no: 1, answer: 'accept' }] },
  });
  return tell('maker', 'invoice.issue', {
    body: {
      buyer_id: world.parties.dealer.id,
      order_id: order.id,
      lines: [{ order_line_no: 1, quantity: '1' }],
    },
  });
}

/** Bills that are contested in vain, paid by way of the bank, and late. */
export async function tellMoney(world: Told, story: Story, tell = plainly(world)): Promise<void> {
  const { maker, dealer } = world.parties;
  const first = await tell('maker', 'invoice.issue', {
    body: {
      number: 'F-1',
      buyer_id: dealer.id,
      lines: [{ name: '运费', quantity: '1', unit: 'C62', price: '100.00', tax_rate: '0.09' }],
    },
  });
  const second = await billEarly(world, story, tell);
  const contested = await tell('dealer', 'dispute.open', {
    params: { id: first.id },
    body: { amount_minor: '900', reason: '税率' },
  });
  await tell('dealer', 'dispute.withdraw', { params: { id: contested.id } });
  const today = inDays(world, 0);
  await tell('dealer', 'receivable.accept', {
    params: { id: second.id },
    body: { accepted_on: today },
  });
  const pay = (amount_minor: string, reference: string) =>
    tell('dealer', 'payment.record', {
      body: {
        payer_id: dealer.id,
        payee_id: maker.id,
        currency: 'CNY',
        amount_minor,
        paid_on: today,
        reference,
      },
    });
  const never = await pay('1', 'T-0002');
  await tell('maker', 'payment.refuse', { params: { id: never.id }, body: { reason: '未到账' } });
  await tell('maker', 'payment.confirm', {
    params: { id: (await pay('10900', 'T-3')).id },
    body: {},
  });
  const more = await pay('100000', 'T-4');
  await tell('maker', 'payment.confirm', {
    params: { id: more.id },
    body: { allocations: [{ receivable_id: second.id, amount_minor: '100' }] },
  });
  await tell('maker', 'payment.allocate', {
    params: { id: more.id },
    body: { allocations: [{ receivable_id: second.id, amount_minor: '100' }] },
  });
  await tellBank(world, second.id, today, tell);
  await tellSplit(story, tell);
  await tellIndex(tell);
  await tellBooks(today, tell);
}

/** The maker says where its freight belongs, twice, and what a box of both kinds promises. */
async function tellSplit(story: Story, tell: By): Promise<void> {
  const [product_id = ''] = story.products;
  for (const name of ['运费', '装卸费']) {
    await tell('maker', 'sale_decision.set', { body: { name, class: '5431', reason: '自有车队' } });
  }
  await tell('maker', 'product_bundle.describe', {
    body: {
      product_id,
      obligations: [
        { name: '水饺', low: '90', high: '90', industry_class: '1432' },
        { name: '配送', low: '5', high: '10', industry_class: '5432' },
      ],
    },
  });
}

/** The maker measures two towns by one number, by two recipes. */
async function tellIndex(tell: By): Promise<void> {
  const step = (name: string, more: object = {}) => ({ do: name, ...more });
  const recipe = {
    name: { zh: '试', en: 'Trial' },
    not_measured: [{ zh: '其余', en: 'The rest' }],
    steps: [
      step('normalise', { method: 'min_max' }),
      step('weigh', { method: 'given' }),
      step('aggregate', { method: 'arithmetic' }),
    ],
    uncertainty: { runs: 100 },
  };
  const head = 'iCode,Type,Level,Parent,Direction,Weight';
  const framework = `${head}\nshare,Indicator,1,Index,1,1\nIndex,Aggregate,2,,,1\n`;
  const files = { units: 'uCode,share\nA,10\nB,20\n', framework, recipe };
  await tell('maker', 'index.measure', { body: files });
  await tell('maker', 'index.explain', { body: { ...files, unit: 'A' } });
  await tell('maker', 'index.compare', { body: { ...files, other: recipe } });
  const table = [
    'Code,Origin,S,M',
    ...['S,TOT,1,2', 'M,TOT,1,2', 'TII,TOT,2,4', 'TVA,TOT,8,6', 'TI,TOT,10,10'],
  ].join('\n');
  const groups = { services: 'S', manufacturing: 'M' };
  await tell('maker', 'industry_matrix.measure', { body: { table, source: '试', ...groups } });
}

async function tellBank(
  world: Told,
  receivable_id: string,
  today: string,
  tell: By,
): Promise<void> {
  const head = '交易日期,借方发生额,贷方发生额,对方户名,摘要,交易流水号';
  const text = `${head}\n${today},,5.00,经销商,货款,B-1\n${today},3.00,,银行,手续费,B-2\n`;
  await tell('maker', 'statement.import', {
    query: { currency: 'CNY' },
    bytes: bytesOf(text),
    headers: { 'content-type': 'text/csv' },
  });
  const { items } = await tell('maker', 'statement_line.match');
  for (const { line } of items) {
    const params = { id: line.id };
    if (line.amount_minor === '500') {
      const allocations = [{ receivable_id, amount_minor: '500' }];
      const body = { counterparty_id: world.parties.dealer.id, allocations };
      await tell('maker', 'statement_line.accept', { params, body });
    } else await tell('maker', 'statement_line.set_aside', { params });
  }
}

async function tellBooks(today: string, tell: By): Promise<void> {
  await tell('maker', 'account.open', {
    body: { code: '1002.01', name: { zh: '基本户', en: 'Main account' } },
  });
  const entry = await tell('maker', 'entry.post', {
    body: {
      booked_on: today,
      memo: '投入资本',
      lines: [
        { account_code: '1002.01', currency: 'CNY', amount_minor: '100000' },
        { account_code: '4001', currency: 'CNY', amount_minor: '-100000' },
      ],
    },
  });
  await tell('maker', 'entry.reverse', { params: { id: entry.id }, body: { reason: '记错' } });
}

/** Half a year later: interest on what is still open. */
export async function tellLate(world: Told): Promise<void> {
  world.test.clock.set(new Date(world.test.clock.now().getTime() + 180 * 86_400_000));
  await plainly(world)('maker', 'receivable.accrue', { body: { as_of: inDays(world, 0) } });
}

/** A firm has facts sent to its own server, and does with that whatever can be done. */
export async function tellWebhooks(world: Told, tell = plainly(world)): Promise<void> {
  const url = 'https://erp.example.com/hooks/jingwei';
  const { id } = await tell('maker', 'webhook.create', {
    body: { url, description: 'ERP', kinds: ['commerce.*.*', 'kernel.*.*'] },
  });
  await tell('maker', 'webhook.change', { params: { id }, body: { state: 'paused' } });
  await tell('maker', 'webhook.change', { params: { id }, body: { url, state: 'active' } });
  await tell('maker', 'webhook.rotate', { params: { id }, body: { overlap_hours: 1 } });
  await tell('maker', 'webhook.replay', { params: { id }, body: { from_position: 0 } });
  const message = await tell('maker', 'webhook.ping', { params: { id } });
  const params = { id, message_id: message.id };
  await tell('maker', 'webhook_message.resend', { params });
  await tell('maker', 'webhook_message.set_aside', { params });
  const gone = await tell('maker', 'webhook.create', { body: { url, description: 'WMS' } });
  await tell('maker', 'webhook.remove', { params: { id: gone.id } });
}

/** People, keys, invitations and agreements come and go. */
export async function tellMembers(world: Told, story: Story, tell = plainly(world)): Promise<void> {
  const { dealer, stranger } = world.parties;
  await tell('maker', 'sharing.create', {
    body: { reader_id: stranger.id, scope: 'stock', purpose: '补货' },
  });
  const shared = await tell('maker', 'sharing.create', {
    body: { reader_id: dealer.id, scope: 'orders', purpose: '对账' },
  });
  await tell('stranger', 'stock.list');
  const page = await tell('maker', 'sharing.access_log', { query: { limit: 1 } });
  const query = { reader_id: stranger.id, limit: 1, after: page.next ?? 'W10' };
  await say(world.server, world.keys.maker, 'sharing.access_log', { query });
  await tell('maker', 'sharing.end', { params: { id: shared.id } });
  const key = await tell('maker', 'key.create', { body: { name: '旧', scopes: ['*.*.read'] } });
  await tell('maker', 'key.rotate', { params: { id: key.id }, body: { overlap_hours: 1 } });
  await tell('maker', 'key.revoke', { params: { id: key.id } });
  const invited = (digits: string) =>
    tell('maker', 'invitation.create', {
      body: { uscc: completeUscc(`91410200${digits}`), name_zh: '新供应商', roles: ['supplier'] },
    });
  const { id } = await invited('00000001');
  await tell('maker', 'invitation.withdraw', { params: { id } });
  const { token } = await invited('00000002');
  const person = { login: 'story-new', name: '新人', password: 'a long password' };
  await tell('maker', 'invitation.accept', { body: { token, ...person } });
  const seat = await tell('maker', 'person.create', {
    body: { ...person, login: 'story-viewer', role: 'viewer' },
  });
  await tell('maker', 'person.create', {
    body: { ...person, login: 'story-admin', role: 'admin' },
  });
  await tell('maker', 'person.create', {
    body: { ...person, login: 'story-successor', role: 'admin' },
  });
  const { headers } = await say(world.server, '', 'session.create', {
    body: { login: 'story-admin', password: person.password },
  });
  const [first] = [headers['set-cookie']].flat();
  const cookie = String(first).split(';')[0]?.split('=')[1] ?? '';
  // Somebody else chose the password: nothing else is open before that is over.
  const own = 'a longer password';
  await ask(world.server, cookie, 'account.change_password', {
    body: { old: person.password, fresh: own },
  });
  const { places } = await ask(world.server, cookie, 'session.get');
  const [at] = places;
  if (at) {
    const body = { chain_id: at.chain_id, party_id: at.party_id };
    await ask(world.server, cookie, 'session.switch', { body });
  }
  await ask(world.server, cookie, 'session.end');
  await tellDoors(world, { login: 'story-admin', password: own });
  await tell('maker', 'person.end', { params: { id: seat.id } });
  await tell('maker', 'price.set', {
    params: { id: story.agreement.id },
    body: {
      prices: story.products.map((product_id) => ({
        product_id,
        unit: 'CT',
        price: '151.00',
        tax_rate: '0.13',
        valid_from: inDays(world, 30),
      })),
    },
  });
  await tell('maker', 'agreement.end', { params: { id: story.agreement.id } });
}

/** A sheet of orders comes in, after a check of it; a catalogue and a count come in too. */
export async function tellDocuments(world: Told, tell = plainly(world)): Promise<void> {
  const headers = { 'content-type': 'text/csv' };
  const ordered = ['XL-1', world.parties.maker.uscc, 'DUMPLING', 2, 'CT', inDays(world, 3)];
  const sheets = {
    orders: `订单号,供应商,商品编码,数量,单位,要求到货日期\n${ordered}\n`,
    catalogue: '商品编码,商品名称,单位\nNEW-1,新品,KGM\n',
    stock: '地点,商品编码,批号,数量,单位\n一号库,DUMPLING,L0,900,KGM\n',
  };
  for (const [sheet, text] of Object.entries(sheets)) {
    const query = { sheet: sheet as keyof typeof sheets };
    const given = { query, bytes: bytesOf(text), headers };
    const who = sheet === 'orders' ? 'dealer' : 'maker';
    await tell(who, 'document.check', given);
    // Refused or taken, it is kept: both ways say something to the database.
    await say(world.server, world.keys[who], 'document.send', given);
  }
}
