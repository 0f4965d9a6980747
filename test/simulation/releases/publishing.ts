import type { Given } from '../doors.ts';
import { type Command, command, type View } from '../part.ts';

type NewRelease = NonNullable<Given<'release.draft'>['body']>;

/** Ahead mostly, and now and then an hour that is past. */
function hour(view: View): string {
  const hours = view.dice.chance(0.9) ? view.dice.between(1, 240) : -view.dice.between(1, 9);
  return view.instant(hours * 60);
}

const rulesOf = ({ dice }: View): NewRelease['rules'] => ({
  frequency: { n: dice.between(2, 4), margin: 0.1 },
  ...(dice.chance(0.4) ? { p_percent: dice.between(5, 20) } : {}),
});

/** Figures of made-up units: a few of each place and kind, some of one holding. */
function rowsOf({ dice }: View): string {
  const units = Array.from({ length: dice.between(6, 14) }, (_, at) => {
    const holding = dice.chance(0.2) ? 'H' : '';
    const value = dice.chance(0.9) ? dice.between(0, 900) : dice.between(5_000, 90_000);
    return [`u${at}`, value, holding, dice.pick(['east', 'west']), dice.pick(['a', 'b'])].join();
  });
  // Now and then a figure below zero, which is none that could be published.
  if (dice.chance(0.05)) units.push('u99,-1,,east,a');
  return `${['unit,value,holding,town,kind', ...units].join('\n')}\n`;
}

/** Tables by some of what there is, or the one by all of it. */
function tablesOf({ dice }: View, variables: readonly string[]) {
  const dimensions = variables.filter(() => dice.chance(0.5));
  if (dimensions.length === 0) return {};
  return { tables: [{ name: 'part', dimensions }] };
}

async function materialOf(view: View) {
  const { items } = await view.read('collection.list', { query: { limit: 12 } });
  const collection = view.pick(items);
  if (!collection || view.dice.chance(0.35)) {
    const material = { kind: 'rows' as const, unit: '人', csv: rowsOf(view) };
    return { material, ...tablesOf(view, ['town', 'kind']) };
  }
  const item = view.dice.pick(['revenue', 'service_revenue', 'staff', 'staff', 'remark']);
  const material = { kind: 'collection' as const, collection_id: collection.id, item };
  return { material, ...tablesOf(view, ['industry', 'size', 'region']) };
}

const draft: Command = command({
  name: 'release.draft',
  duty: 'publish',
  weight: 4,
  async choose(view) {
    const planned = view.dice.chance(0.6) ? { planned_at: hour(view) } : {};
    return {
      body: {
        series: `R${view.dice.between(1, 12)}`,
        title: '融合统计公报',
        rules: rulesOf(view),
        ...(await materialOf(view)),
        ...planned,
      },
    };
  },
});

const states = ['draft', 'scheduled', 'published', 'withdrawn'] as const;
type State = (typeof states)[number];

/** An own release in one of these states; now and then in another. */
async function releaseIn(view: View, ...wanted: State[]) {
  const { items } = await view.read('release.list', { query: { limit: 30 } });
  const own = items.filter(({ owner_id }) => owner_id === view.me);
  const fitting = own.filter(({ state }) => wanted.includes(state));
  return view.pick(view.dice.chance(0.95) ? fitting : own);
}

const revise: Command = command({
  name: 'release.revise',
  duty: 'publish',
  weight: 2,
  async choose(view) {
    const before = await releaseIn(view, 'published');
    if (!before) return null;
    const whole = await view.read('release.get', { params: { id: before.id } });
    const isPosted = whole.content.tables[0]?.dimensions.some((one) => 'town kind'.includes(one));
    const rows = isPosted !== view.dice.chance(0.05) ? { rows: { csv: rowsOf(view) } } : {};
    const planned = view.dice.chance(0.5) ? { planned_at: hour(view) } : {};
    return { params: { id: before.id }, body: { reason: '企业更正', ...rows, ...planned } };
  },
});

const plan: Command = command({
  name: 'release.plan',
  duty: 'publish',
  weight: 2,
  async choose(view) {
    const release = await releaseIn(view, 'draft', 'scheduled');
    return release ? { params: { id: release.id }, body: { planned_at: hour(view) } } : null;
  },
});

/** Also what is planned for later: it is under embargo. */
const publish: Command = command({
  name: 'release.publish',
  duty: 'publish',
  weight: 3,
  async choose(view) {
    const release = await releaseIn(view, 'draft', 'draft', 'scheduled');
    return release ? { params: { id: release.id } } : null;
  },
});

const withdraw: Command = command({
  name: 'release.withdraw',
  duty: 'publish',
  weight: 1,
  async choose(view) {
    const release = await releaseIn(view, 'draft', 'scheduled', 'published');
    return release ? { params: { id: release.id }, body: { reason: '口径有误' } } : null;
  },
});

/** What a reader does with what is out; what they are shown is held against what they may see. */
const readOn: Command = command({
  name: 'release.list',
  duty: 'look',
  weight: 1,
  looks: true,
  async choose(view) {
    const { items } = await view.read('release.list', { query: { limit: 20 } });
    const release = view.pick(items);
    if (!release) return null;
    const params = { id: release.id };
    await view.read('release.get', { params });
    await view.read('release.own_place', { params });
    if (release.published_at !== null) await view.read('release.revisions', { params });
    return null;
  },
});

export const commands: readonly Command[] = [draft, revise, plan, publish, withdraw, readOn];
