import { type Actor, type Command, command, type Invariant, type Scene } from '../part.ts';

const askConsent: Command = command({
  name: 'rights_request.ask',
  duty: 'ask',
  weight: 2,
  async choose(view) {
    const { items } = await view.read('party.list', { query: { limit: 50 } });
    const holder = view.pick(items);
    if (!holder) return null;
    const scope = view.dice.pick(['orders', 'invoices', 'stock'] as const);
    return { body: { kind: 'consent', holder_id: holder.id, scope, statement: '授信' } };
  },
});

/** Of a fact, mostly another's; one's own is refused. */
const askAboutFact: Command = command({
  name: 'rights_request.ask',
  duty: 'ask',
  weight: 2,
  async choose(view) {
    const { items } = await view.read('fact.list', { query: { limit: 30 } });
    const others = items.filter((one) => one.party_id !== view.me);
    const fact = view.pick(view.dice.chance(0.1) ? items : others);
    if (!fact) return null;
    const kind = view.dice.pick(['correction', 'explanation'] as const);
    return { body: { kind, fact_id: fact.id, statement: '请核对' } };
  },
});

const answer: Command = command({
  name: 'rights_request.answer',
  duty: 'answer',
  weight: 3,
  async choose(view) {
    const state = view.dice.chance(0.9) ? { state: 'open' as const } : {};
    const { items } = await view.read('rights_request.list', {
      query: { side: 'received', limit: 10, ...state },
    });
    const request = view.pick(items);
    if (!request) return null;
    const accept = view.dice.chance(0.6);
    return { params: { id: request.id }, body: { accept, answer: '已核对' } };
  },
});

const withdraw: Command = command({
  name: 'rights_request.withdraw',
  duty: 'ask',
  weight: 1,
  async choose(view) {
    const { items } = await view.read('rights_request.list', {
      query: { side: 'asked', state: 'open', limit: 10 },
    });
    const request = view.pick(items);
    return request ? { params: { id: request.id } } : null;
  },
});

const note: Command = command({
  name: 'rights_request.note',
  duty: 'ask',
  weight: 3,
  async choose(view) {
    const { items } = await view.read('rights_request.list', {
      query: { side: 'asked', state: 'refused', limit: 10 },
    });
    const request = view.pick(items);
    return request ? { params: { id: request.id }, body: { note: '保留意见' } } : null;
  },
});

const unsoundSql = `
select 'a mark of another state' as what, r.id::text as at from rights_request r
  left join objection_mark m on m.chain_id = r.chain_id and m.request_id = r.id
 where r.chain_id = $1 and r.kind = 'correction'
   and (m.state is distinct from r.state or m.note is distinct from r.note)
union all
select 'a consent without its agreement', id::text from rights_request r
 where r.chain_id = $1 and (r.kind = 'consent' and r.state = 'accepted') <> exists (select 1
   from sharing_agreement a where a.chain_id = r.chain_id and a.id = r.agreement_id
    and a.owner_id = r.holder_id and a.reader_id = r.requester_id and a.scope = r.scope)
union all
select 'a step that was told more or less than once', r.id::text from rights_request r
 where r.chain_id = $1 and r.state in ('accepted', 'refused', 'withdrawn') and 1 <> (select count(*)
   from fact f where f.chain_id = r.chain_id and f.subject_id = r.id
    and f.type in ('rights.request.accepted', 'rights.request.refused',
      'rights.request.withdrawn'))`;

async function answeredOnce({ owner, chain }: Scene): Promise<string[]> {
  const { rows } = await owner.query(unsoundSql, [chain]);
  return rows.map(({ what, at }) => `${what}: ${at}`);
}

const scopes = ['*.*.read', 'rights.*.*', 'identity.sharing.*'];
const clerk = (of: string): Actor => ({
  name: `${of}.rights`,
  of,
  scopes,
  duties: ['ask', 'answer'],
});

export const actors: readonly Actor[] = [clerk('maker'), clerk('dealer'), clerk('bank')];
export const commands: readonly Command[] = [askConsent, askAboutFact, answer, withdraw, note];
export const invariants: readonly Invariant[] = [
  { what: 'a request is answered once', every: 'while', open: () => answeredOnce },
];
