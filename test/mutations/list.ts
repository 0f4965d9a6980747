/** One invariant, broken by hand: a change to one file, and the tests that must notice it. */
export type Mutation = {
  breaks: string;
  file: string;
  find: string;
  replace: string;
  /** Test files to run. */
  tests: readonly string[];
};

/** A module brings its own here, as it brings its invariants to the simulation. */
export const mutations: readonly Mutation[] = [
  {
    breaks: 'a party sees only its own rows',
    file: 'src/flows/commerce/migrations/0004_invoices.sql',
    find: "call shard('invoice',\n  reads => ':actor in (seller_id, buyer_id)",
    replace: "call shard('invoice',\n  reads => 'true or :actor in (seller_id, buyer_id)",
    tests: ['test/conformance/eyes.test.ts', 'test/conformance/catalogue.test.ts'],
  },
  {
    breaks: 'the same key has one effect and one answer',
    file: 'src/kernel/trust/idempotency.ts',
    find: "  tx.append('idempotency_key', [",
    replace: "  if (tx.chain !== '') return;\n  tx.append('idempotency_key', [",
    tests: ['test/crash/together.test.ts'],
  },
  {
    breaks: 'a fault that is thrown leaves nothing behind',
    file: 'src/kernel/db/tx.ts',
    find: "await sendText(client, 'rollback');",
    replace: "await sendText(client, 'commit');",
    tests: ['src/kernel/db/tx.test.ts', 'test/crash/nth-statement.test.ts'],
  },
  {
    breaks: 'two at one payment take turns',
    file: 'src/flows/money/payment-rows.ts',
    find: '    .forUpdate()\n',
    replace: '',
    tests: ['test/concurrency/pairs.test.ts'],
  },
  {
    breaks: 'two at one invoice take turns',
    file: 'src/flows/commerce/invoices.ts',
    find: '    .forUpdate()\n',
    replace: '',
    tests: ['test/concurrency/pairs.test.ts'],
  },
  {
    breaks: 'stock does not go below zero without a reason',
    file: 'src/flows/goods/stock.ts',
    find: 'if (left.gte(0)) return left;',
    replace: 'if (left.gte(-1_000_000)) return left;',
    tests: ['src/flows/goods/stock.test.ts', 'test/simulation/simulation.test.ts'],
  },
  {
    breaks: 'a balance is the sum of its lines',
    file: 'src/flows/money/posting.ts',
    find: 'account_balance.credit_minor + excluded.credit_minor',
    replace: 'account_balance.credit_minor + excluded.debit_minor',
    tests: ['src/flows/money/ledger.model.test.ts', 'test/simulation/simulation.test.ts'],
  },
  {
    breaks: 'the state of an order is what its lines say',
    file: 'src/flows/commerce/order-state.ts',
    find: "return every(billed) ? 'closed' : 'delivered';",
    replace: "return 'delivered';",
    tests: ['src/flows/commerce/orders.test.ts', 'src/services/trade/delivery.test.ts'],
  },
  {
    breaks: 'credit notes take back no more than was billed',
    file: 'src/flows/commerce/invoices.ts',
    find: 'rows.reduce((left, row) => left - row.total_minor, total)',
    replace: 'rows.reduce((left, row) => left - row.total_minor + row.total_minor, total)',
    tests: ['src/flows/commerce/orders.test.ts', 'test/concurrency/pairs.test.ts'],
  },
  {
    breaks: 'a seal holds every column of a fact',
    file: 'src/kernel/trust/leaf.ts',
    find: 'leafColumns.map((name)',
    replace: "leafColumns.filter((name) => name !== 'body').map((name)",
    tests: ['src/kernel/trust/tampering.test.ts', 'src/kernel/trust/sealing.test.ts'],
  },
  {
    breaks: 'a code is good once',
    file: 'src/kernel/identity/second-factors.ts',
    find: "    .where('last_step', '<', at)\n",
    replace: '',
    tests: ['src/kernel/identity/ways-in.test.ts'],
  },
  {
    breaks: 'a session that is held opens nothing that does not name its hold',
    file: 'src/kernel/identity/authenticate.ts',
    find: 'if (found.held && !under.includes(found.held))',
    replace: "if (found.held === 'no_factor' && !under.includes(found.held))",
    tests: ['test/conformance/holds.test.ts'],
  },
  {
    breaks: 'of two browsers that set up the first factor one has to show it',
    file: 'src/kernel/identity/factor-changes.ts',
    find: "if (person.session.held !== 'no_factor') return;",
    replace: "if (person.session.held !== 'factor_not_shown') return;",
    tests: ['src/kernel/identity/required-factor.test.ts'],
  },
  {
    breaks: 'the last factor stays while the party requires one',
    file: 'src/kernel/identity/factor-changes.ts',
    find: "  if (await isFactorRequired(person)) throw fault('identity.last_factor');\n",
    replace: '',
    tests: ['src/kernel/identity/required-factor.test.ts'],
  },
  {
    breaks: 'a sharing agreement that ended opens nothing',
    file: 'src/kernel/identity/authenticate.ts',
    find: 'g.reader_id = $3 and g.revoked_at is null',
    replace: 'g.reader_id = $3',
    tests: ['src/services/trade/shared-access.test.ts', 'src/kernel/identity/identity.test.ts'],
  },
  {
    breaks: 'what has two levels is passed by somebody else',
    file: 'src/observatory/collections/drafts.ts',
    find: 'tx.actor.user === null || row.handed_by === by',
    replace: 'tx.actor.user === null',
    tests: ['test/simulation/simulation.test.ts'],
  },
  {
    breaks: 'behind the lock of a collection nothing moves',
    file: 'src/observatory/collections/reports.ts',
    find: "if (state !== 'locked') return;",
    replace: "if (state !== '') return;",
    tests: ['test/simulation/simulation.test.ts'],
  },
  {
    breaks: 'totals are of what was accepted',
    file: 'src/observatory/collections/views.ts',
    find: "onRef('r.id', '=', 'a.accepted_id')",
    replace: "onRef('r.id', '=', 'a.report_id')",
    tests: ['test/simulation/simulation.test.ts'],
  },
  {
    breaks: 'a release goes out once among several servers',
    file: 'src/observatory/publishing/releases.ts',
    find: '    .forUpdate()\n    .skipLocked()\n',
    replace: '',
    tests: ['test/simulation/simulation.test.ts'],
  },
  {
    breaks: 'a planned release waits for its hour',
    file: 'src/observatory/publishing/releases.ts',
    find: 'if (planned_at !== null && planned_at > tx.now) {',
    replace: "if (planned_at !== null && planned_at > '9') {",
    tests: ['test/simulation/simulation.test.ts'],
  },
  {
    breaks: 'an event that was declared wrong moves no stock',
    file: 'src/flows/goods/shelf/rows.ts',
    find: ' and m.voided_by is null`;',
    replace: '`;',
    tests: ['test/simulation/simulation.test.ts'],
  },
];
