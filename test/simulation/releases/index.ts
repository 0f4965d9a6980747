import { publishDue } from '../../../src/observatory/publishing/index.ts';
import type { Actor, ClockWork, Part } from '../part.ts';
import { invariants, overdue } from './invariants.ts';
import { commands } from './publishing.ts';

const editor: Actor = {
  name: 'statistics.editor',
  of: 'statistics',
  scopes: ['publishing.*.*', 'collections.*.read'],
  duties: ['publish'],
};
const reader: Actor = {
  name: 'maker.reader',
  of: 'maker',
  scopes: ['*.*.read'],
  duties: ['look'],
};

const clock: ClockWork = { name: 'releases', round: publishDue, left: overdue };

/** A statistician publishes by hand and by the clock, and revises; others read. */
export const releases: Part = {
  name: 'releases',
  cast: { statistics: 'statistician' },
  actors: [editor, editor, reader],
  commands,
  invariants,
  clockworks: [clock],
};
