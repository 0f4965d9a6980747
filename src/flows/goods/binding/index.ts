import { type Binding, type BindingRequest, binding, type Tx } from '../../../kernel/index.ts';
import { getSubscription } from '../subscriptions/subscriptions.ts';
import { standing } from './answers.ts';
import { captureBindings, captureJobBindings, captureStanding } from './capture-routes.ts';
import { eventBindings } from './event-routes.ts';
import { CBV_FORMATS, CBV_VERSION, EPC_FORMATS, EPCIS_VERSION } from './negotiation.ts';
import { refuse } from './problems.ts';
import { queryBindings } from './query-routes.ts';
import { resourceBindings } from './resource-routes.ts';
import { subscriptionBindings } from './subscription-routes.ts';

export { captureBindings } from './capture-routes.ts';

const resources = [
  ...captureJobBindings,
  ...eventBindings,
  ...queryBindings,
  ...resourceBindings,
  ...subscriptionBindings,
];

/** What a path can do, and what of the standard the server speaks (OPTIONS of the REST binding). */
function discovery(path: string, methods: readonly string[]): Binding {
  const answer = {
    status: 204,
    headers: {
      ...standing,
      allow: [...methods, 'OPTIONS'].join(', '),
      'gs1-epcis-min': '1.2.0',
      'gs1-epcis-max': EPCIS_VERSION,
      'gs1-cbv-min': '1.2.0',
      'gs1-cbv-max': CBV_VERSION,
      'gs1-epc-format': EPC_FORMATS.join(', '),
      'gs1-cbv-xml-format': CBV_FORMATS.join(', '),
      'gs1-vendor-version': 'jingwei 1',
      ...(path === '/epcis/capture' ? captureStanding : {}),
    },
    body: null,
  };
  return binding({
    id: `epcis.options ${path}`,
    method: 'OPTIONS',
    path,
    permission: 'goods.event.read',
    summary: { zh: '能力', en: 'What can be done here' },
    run: async (tx, request) => ({
      ...answer,
      headers: { ...answer.headers, ...(await standingOf(tx, path, request)) },
    }),
    refuse,
  });
}

/** What OPTIONS says of the one resource that was asked for. @throws goods.subscription_unknown */
async function standingOf(tx: Tx, path: string, { params }: BindingRequest) {
  if (path !== SUBSCRIPTION) return {};
  const found = await getSubscription(tx, params.value ?? '', params.id ?? '');
  return { 'gs1-query-min-record-time': found.min_record_time };
}

const SUBSCRIPTION = '/epcis/queries/{value}/subscriptions/{id}';

/** What there is in all, with the doors that whoever has a catalogue opens. */
const offered = [...captureBindings(async () => []), ...resources];
const paths = new Set(offered.map(({ path }) => path));

/** The REST binding of EPCIS 2.0, path by path, without the doors by which events come in. */
export const epcisBindings: readonly Binding[] = [
  ...resources,
  ...[...paths].map((path) =>
    discovery(
      path,
      offered.filter((one) => one.path === path).map(({ method }) => method),
    ),
  ),
];
