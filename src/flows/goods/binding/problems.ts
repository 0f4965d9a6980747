import {
  type BindingAnswer,
  type BindingRequest,
  type Fault,
  languageOf,
  limits,
  writeXmlTree,
  type XmlElement,
} from '../../../kernel/index.ts';
import { mediaOf } from './negotiation.ts';

/** The exceptions of EPCIS 2.0, 8.2.3 and of the REST binding, by our faults. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'goods.epcis_refused': 'ValidationException',
  'goods.too_many_events': 'CaptureLimitExceededException',
  'goods.event_exists': 'ResourceAlreadyExistsException',
  'goods.event_unknown': 'NoSuchResourceException',
  'goods.capture_unknown': 'NoSuchResourceException',
  'goods.value_unknown': 'NoSuchResourceException',
  'goods.query_invalid': 'QueryParameterException',
  'goods.query_unreadable': 'QueryValidationException',
  'goods.query_too_large': 'QueryTooLargeException',
  'goods.query_too_complex': 'QueryTooComplexException',
  'goods.query_too_slow': 'QueryTooComplexException',
  'goods.query_unknown': 'NoSuchNameException',
  'goods.query_exists': 'ResourceAlreadyExistsException',
  'goods.page_unknown': 'QueryParameterException',
  'goods.subscription_invalid': 'SubscriptionControlsException',
  'goods.subscription_unknown': 'NoSuchResourceException',
  'goods.not_acceptable': 'NotAcceptableException',
  'goods.uri_too_long': 'URITooLongException',
  'kernel.malformed': 'ValidationException',
  'kernel.media_type': 'UnsupportedMediaTypeException',
};

/** By their status, for what any request can meet with. */
const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'SecurityException',
  403: 'SecurityException',
  404: 'NoSuchResourceException',
  413: 'CaptureLimitExceededException',
};

/** A document that breaks rules is refused with 400 here (REST binding, POST /capture). */
const statusOf = ({ code, status }: Fault) => (code === 'goods.epcis_refused' ? 400 : status);

/** Both limits, as an answer says them that refuses a document for its size. */
export const captureLimits = {
  'gs1-epcis-capture-limit': String(limits.epcis_capture_events),
  'gs1-epcis-capture-file-size-limit': String(limits.document_bytes),
} as const;

type Detail = { path: string; rule?: string; zh: string; en: string };

/** A fault as a problem of the REST binding; its title in one language, both of them beside. */
export function problemIn(found: Fault, language: 'zh' | 'en') {
  const status = statusOf(found);
  const exception = EXCEPTIONS[found.code] ?? BY_STATUS[status] ?? 'ImplementationException';
  return {
    type: `epcisException:${exception}`,
    title: found.messages[language],
    status,
    ...(found.instance === null ? {} : { instance: found.instance }),
    code: found.code,
    messages: found.messages,
    ...(found.errors.length > 0 ? { errors: found.errors } : {}),
  };
}

/** What went wrong, as the REST binding says it (RFC 7807), and in two languages beside. */
export function refuse(found: Fault, request: BindingRequest): BindingAnswer {
  const problem = problemIn(found, languageOf(request.headers['accept-language']));
  const { status } = problem;
  const isXml = mediaOf(request.headers.accept) === 'xml';
  return {
    status,
    headers: {
      'content-type': `application/problem+${isXml ? 'xml' : 'json'}; charset=utf-8`,
      ...(status === 413 ? captureLimits : {}),
    },
    body: isXml ? problemXml(problem) : JSON.stringify(problem),
  };
}

const RFC7807 = 'urn:ietf:rfc:7807';
const element = (name: string, children: XmlElement['children']): XmlElement => ({
  name: `{${RFC7807}}${name}`,
  tag: name,
  children,
});

/** RFC 7807, appendix A: members as elements, lists as elements called `i`. */
function problemXml(problem: {
  type: string;
  title: string;
  status: number;
  instance?: string;
  code: string;
  errors?: readonly Detail[];
}): string {
  const { type, title, status, instance, code, errors = [] } = problem;
  const detail = (one: Detail) =>
    element('i', [
      ...(one.rule ? [element('rule', [one.rule])] : []),
      element('path', [one.path]),
      element('zh', [one.zh]),
      element('en', [one.en]),
    ]);
  return writeXmlTree({
    ...element('problem', [
      element('type', [type]),
      element('title', [title]),
      element('status', [String(status)]),
      ...(instance ? [element('instance', [instance])] : []),
      element('code', [code]),
      ...(errors.length > 0 ? [element('errors', errors.map(detail))] : []),
    ]),
    declarations: { '': RFC7807 },
  });
}
