import { z } from 'zod';
import { guard, listSessions, openSessionRow, readGuard } from '../identity/account.ts';
import type { Person } from '../identity/person.ts';
import { listOwnSecurity, securityEvent } from '../identity/security-log.ts';
import { limits } from '../limits.ts';
import { bilingual, instant, uuid } from '../schema.ts';
import { accountErasure, findErasure } from './erasure.ts';

/** All that the platform holds on a person, as the person takes it away. */
export const ownData = z
  .object({
    made_at: instant,
    account: z.object({ id: uuid, login: z.string(), name: z.string(), created_at: instant }),
    /** Where the person works, or has worked. */
    seats: z.array(z.object({ chain: bilingual, party: bilingual })),
    guard,
    sessions: z.array(openSessionRow),
    known_browsers: z.array(z.object({ known_since: instant, expires_at: instant })),
    security_events: z.array(securityEvent),
    /** Older lines than these are there, or null. */
    security_events_next: z.string().nullable(),
    erasure: accountErasure.nullable(),
    /** What is not in here, and who gives it. */
    elsewhere: bilingual,
  })
  .meta({ id: 'OwnData' });

const elsewhere = {
  zh: '您在工作中记录的业务事实属于所在单位，其中只有您的编号，没有姓名；请向单位索取。',
  en:
    'The business facts that you recorded belong to the firm you worked for. They hold your ' +
    'number and not your name; the firm gives them.',
};

async function seatsOf(person: Person) {
  const rows = await person.db
    .selectFrom('user_chain as s')
    .innerJoin('chain as c', 'c.id', 's.seat_chain_id')
    .innerJoin('party as p', 'p.id', 's.seat_party_id')
    .select(['c.name_zh as chain_zh', 'c.name_en as chain_en'])
    .select(['p.name_zh as party_zh', 'p.name_en as party_en'])
    .where('s.user_id', '=', person.user)
    .limit(limits.own_data_rows)
    .execute();
  return rows.map(({ chain_zh, chain_en, party_zh, party_en }) => ({
    chain: { zh: chain_zh, en: chain_en },
    party: { zh: party_zh, en: party_en },
  }));
}

/** The person's own copy (个人信息保护法 第四十五条), of one moment. */
export async function copyOwnData(person: Person): Promise<z.output<typeof ownData>> {
  const account = await person.db
    .selectFrom('user_account')
    .select(['id', 'login', 'name', 'created_at'])
    .where('id', '=', person.user)
    .executeTakeFirstOrThrow();
  const known_browsers = await person.db
    .selectFrom('known_device')
    .select(['known_since', 'expires_at'])
    .where('user_id', '=', person.user)
    .limit(limits.own_data_rows)
    .execute();
  const security = await listOwnSecurity(person, { limit: limits.own_data_rows });
  return {
    made_at: person.now,
    account,
    seats: await seatsOf(person),
    guard: await readGuard(person),
    sessions: await listSessions(person),
    known_browsers,
    security_events: security.items,
    security_events_next: security.next,
    erasure: await findErasure(person),
    elsewhere,
  };
}
