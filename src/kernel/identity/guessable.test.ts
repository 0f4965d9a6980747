import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { refuseGuessable } from './guessable.ts';
import { acceptInvitation, invite } from './invitations.ts';
import { addPerson, listPeople } from './people.ts';
import { resetFactors } from './rescue.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const words = ['liming', '李明', 'SN食品', 'SN Foods'];
const refused = { code: 'identity.password_guessable' };

test.each([
  '1234567890',
  'password1234',
  'qwertyuiop',
  '1q2w3e4r5t6y',
  'jingwei2026',
  'snfoods2026',
  'SN食品2026年',
  'liming19900101',
  'abcabcabcabc',
  '冷链冷链冷链冷链冷链',
])('%s is what somebody would try first', async (text) => {
  await expect(refuseGuessable(text, words)).rejects.toMatchObject(refused);
});

test.each(['teapot-harbour-lantern', 'v9#Lq2!xTe', '雨后的青石板与旧船票'])(
  '%s is not',
  async (text) => {
    await refuseGuessable(text, words);
  },
);

test('no way to a password goes by it', async () => {
  const { as } = await openTestChain(opened.store, { firm: 'supplier' });
  const person = { login: 'clerk', name: '周某', role: 'viewer' as const };
  await expect(
    as('firm', (tx) => addPerson(tx, { ...person, password: 'password1234' })),
  ).rejects.toMatchObject(refused);
  await as('firm', (tx) => addPerson(tx, { ...person, password: 'teapot-harbour-lantern' }));
  expect(await as('firm', listPeople)).toHaveLength(1);
  await expect(resetFactors(opened.store, 'clerk', 'clerk12345')).rejects.toMatchObject(refused);
  const { token } = await as('firm', (tx) => invite(tx, { name_zh: '新厂', roles: ['dealer'] }));
  const accepted = { token, login: 'newcomer', name: '新人', password: 'newcomer2026' };
  await expect(acceptInvitation(opened.store, accepted)).rejects.toMatchObject(refused);
});
