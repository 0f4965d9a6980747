// What the tests of the whole house take from this module beside its door.
export { nameQuery } from './repository/named-queries.ts';
export { sendDue } from './subscriptions/sender.ts';
export { createSubscription } from './subscriptions/subscriptions.ts';
