import { type Binding, type BindingRequest, binding } from '../../../kernel/index.ts';
import { fault } from '../faults.ts';
import { standing } from './answers.ts';
import { captureBindings, captureStanding } from './capture-routes.ts';
import { eventBindings } from './event-routes.ts';
import { CBV_FORMATS, CBV_VERSION, EPC_FORMATS, EPCIS_VERSION } from './negotiation.ts';
import { refuse } from './problems.ts';
import { queryBindings } from './query-routes.ts';
import { resourceBindings } from './resource-routes.ts';

/** Subscriptions are not there yet; whoever asks is told so in the words of the binding. */
const subscriptions: Binding[] = (
  [
    ['GET', '/epcis/queries/{value}/subscriptions'],
    ['POST', '/epcis/queries/{value}/subscriptions'],
    ['GET', '/epcis/queries/{value}/subscriptions/{id}'],
    ['DELETE', '/epcis/queries/{value}/subscriptions/{id}'],
  ] as const
).map(([method, path], at) =>
  binding({
    id: `epcis.subscription_${at}`,
    method,
    path,
    permission: 'goods.query.read',
    summary: { zh: '订阅（未提供）', en: 'Subscriptions (not offered)' },
    run: () => {
      throw fault('goods.not_offered', { what: '订阅', what_en: 'subscriptions' });
    },
    refuse,
  }),
);

const resources = [
  ...captureBindings,
  ...eventBindings,
  ...queryBindings,
  ...resourceBindings,
  ...subscriptions,
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
    run: (_tx, _request: BindingRequest) => answer,
    refuse,
  });
}

const paths = new Set(resources.map(({ path }) => path));

/** The REST binding of EPCIS 2.0, path by path. */
export const epcisBindings: readonly Binding[] = [
  ...resources,
  ...[...paths].map((path) =>
    discovery(
      path,
      resources.filter((one) => one.path === path).map(({ method }) => method),
    ),
  ),
];
