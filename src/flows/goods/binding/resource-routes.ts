import { z } from 'zod';
import {
  type Binding,
  type BindingAnswer,
  type BindingRequest,
  binding,
  type Tx,
} from '../../../kernel/index.ts';
import { knownPrefixes } from '../company-prefixes.ts';
import { eventTypes } from '../epcis/event.ts';
import { canonicalIdentity, inFormat } from '../epcis/identity/identity.ts';
import { bareWord, webUri, xmlTerm } from '../epcis/vocabulary.ts';
import { fault } from '../faults.ts';
import { hasValue, listValues, type ValueList } from '../repository/value-lists.ts';
import { collectionAnswer, pageHeaders } from './answers.ts';
import { eventsWith } from './event-routes.ts';
import { type Wish, wishOf } from './negotiation.ts';
import { nextToken, pageOfRequest } from './pages.ts';
import { refuse } from './problems.ts';

type Resource = {
  name: ValueList | 'eventTypes';
  noun: string;
  zh: string;
  en: string;
  /** The parameter of the query language that asks for a value of it. */
  parameter: string;
};

const RESOURCES: readonly Resource[] = [
  {
    name: 'eventTypes',
    noun: 'event_type',
    zh: '事件类型',
    en: 'Event types',
    parameter: 'eventType',
  },
  { name: 'epcs', noun: 'epc', zh: '物品', en: 'Things', parameter: 'MATCH_anyEPC' },
  { name: 'bizSteps', noun: 'step', zh: '业务步骤', en: 'Business steps', parameter: 'EQ_bizStep' },
  {
    name: 'bizLocations',
    noun: 'location',
    zh: '业务地点',
    en: 'Business locations',
    parameter: 'EQ_bizLocation',
  },
  {
    name: 'readPoints',
    noun: 'read_point',
    zh: '读取点',
    en: 'Read points',
    parameter: 'EQ_readPoint',
  },
  {
    name: 'dispositions',
    noun: 'disposition',
    zh: '状态',
    en: 'Dispositions',
    parameter: 'EQ_disposition',
  },
];

export const topLevel = ['capture', 'events', 'queries', ...RESOURCES.map(({ name }) => name)];

/** A value in the canonical writing in which it is stored. */
function canonical(list: ValueList, value: string): string {
  if (list === 'bizSteps') return webUri('bizStep', value);
  return list === 'dispositions' ? webUri('disposition', value) : canonicalIdentity(value);
}

/** A value in the writing that the client asked for. */
function shown(list: ValueList, wish: Wish, prefixLength: Parameters<typeof inFormat>[2]) {
  return (value: string): string => {
    if (list === 'bizSteps' || list === 'dispositions') {
      const vocabulary = list === 'bizSteps' ? 'bizStep' : 'disposition';
      if (wish.media === 'xml') return xmlTerm(vocabulary, value, wish.cbvFormat);
      return bareWord(vocabulary, value) ?? value;
    }
    const found = inFormat(value, wish.epcFormat, prefixLength);
    return found.ok ? found.value : value;
  };
}

function listing({ name }: Resource) {
  return async (tx: Tx, request: BindingRequest): Promise<BindingAnswer> => {
    const wish = wishOf(request);
    if (name === 'eventTypes') return collectionAnswer(eventTypes, wish);
    const page = await pageOfRequest(tx, request, z.string());
    const { values, next } = await listValues(tx, name, page);
    const headers = pageHeaders(request, nextToken(tx, request, next));
    const write = shown(name, wish, await knownPrefixes(tx));
    return collectionAnswer(values.map(write), wish, headers);
  };
}

/** What is below a value: its events, where there are any that the actor may see. */
function below({ name }: Resource) {
  return async (tx: Tx, request: BindingRequest): Promise<BindingAnswer> => {
    const wish = wishOf(request);
    const value = request.params.value ?? '';
    const isThere =
      name === 'eventTypes'
        ? (eventTypes as readonly string[]).includes(value)
        : await hasValue(tx, name, canonical(name, value));
    if (!isThere) throw fault('goods.value_unknown');
    return collectionAnswer(['events'], wish);
  };
}

const reading = { method: 'GET', permission: 'goods.event.read' } as const;

export const resourceBindings: Binding[] = [
  binding({
    ...reading,
    id: 'epcis.root',
    path: '/epcis',
    summary: { zh: 'EPCIS 资源', en: 'Resources of EPCIS' },
    run: (_tx, request) => collectionAnswer(topLevel, wishOf(request)),
    refuse,
  }),
  ...RESOURCES.flatMap((resource) => [
    binding({
      ...reading,
      id: `epcis.${resource.noun}_list`,
      path: `/epcis/${resource.name}`,
      summary: resource,
      run: listing(resource),
      refuse,
    }),
    binding({
      ...reading,
      id: `epcis.${resource.noun}_get`,
      path: `/epcis/${resource.name}/{value}`,
      summary: resource,
      run: below(resource),
      refuse,
    }),
    binding({
      ...reading,
      shared: ['shipments'],
      id: `epcis.${resource.noun}_events`,
      path: `/epcis/${resource.name}/{value}/events`,
      summary: resource,
      run: eventsWith((value) => [[resource.parameter, value]]),
      refuse,
    }),
  ]),
];
