import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/**
 * Spans by the OpenTelemetry API. Without an SDK in the process every call here ends in the API's
 * no-op; what an SDK gets has no value that a client sent: no path as asked, no parameter, no text
 * of an error.
 */
const tracer = trace.getTracer('jingwei');

function failed(span: Span, error: unknown): void {
  const { code, name } = error as { code?: string; name?: string };
  span.setStatus({ code: SpanStatusCode.ERROR, message: String(code ?? name ?? 'error') });
}

async function ended<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    failed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Runs `work` within a span; what it begins stands below it. */
export function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, (span) => ended(span, work));
}

/** A request's span: below the caller's, where its headers name one (W3C Trace Context). */
export function inRequestSpan<T>(
  request: { method: string; route: string; headers: object },
  reply: { statusCode: number },
  work: () => Promise<T>,
): Promise<T> {
  const { method, route, headers } = request;
  const caller = propagation.extract(context.active(), headers);
  const attributes = { 'http.request.method': method, 'http.route': route };
  const options = { kind: SpanKind.SERVER, attributes };
  return tracer.startActiveSpan(`${method} ${route}`, options, caller, (span) =>
    ended(span, async () => {
      const answer = await work();
      span.setAttribute('http.response.status_code', reply.statusCode);
      return answer;
    }),
  );
}

/** The flight of one statement: from when it is sent to its answer, whoever waits for it. */
export function flightOf<T>(text: string, answer: Promise<T>): Promise<T> {
  if (trace.getActiveSpan()?.isRecording() !== true) return answer;
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, 500) };
  const span = tracer.startSpan('statement', { kind: SpanKind.CLIENT, attributes });
  answer.then(
    () => span.end(),
    (error) => {
      failed(span, error);
      span.end();
    },
  );
  return answer;
}
