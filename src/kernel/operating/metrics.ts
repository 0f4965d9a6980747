import type pg from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { causes } from './causes.ts';

/** What is asked anew at each look. */
export type Readings = {
  pools: Readonly<Record<string, pg.Pool>>;
  streamClients(): number;
  requestsRunning(): number;
  sealLagMs(): number;
  has(cause: keyof typeof causes): boolean;
};

/**
 * Numbers for Prometheus (text format 0.0.4). Labels are route patterns, methods, statuses and
 * names out of this program: never a chain, a party, a person, or a path as it was asked.
 * @param ofProcess also memory, processor and event loop, which are the whole process's
 */
export function openMetrics(ofProcess: boolean) {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  // Named and bounded as in OpenTelemetry's conventions for HTTP (semconv 1.23, http.server).
  const requests = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Requests by route pattern, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const limited = new Counter({
    name: 'jingwei_rate_limited_total',
    help: 'Requests answered 429, by route pattern.',
    labelNames: ['route'],
    registers,
  });
  const jobs = new Counter({
    name: 'jingwei_job_runs_total',
    help: 'Runs of background work, by how they ended.',
    labelNames: ['job', 'result'],
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    answered(route: string | undefined, method: string, status: number, elapsed_ms: number): void {
      const pattern = route ?? 'none';
      requests.observe({ route: pattern, method, status: String(status) }, elapsed_ms / 1_000);
      if (status === 429) limited.inc({ route: pattern });
    },
    jobEnded(job: string, result: 'done' | 'failed'): void {
      jobs.inc({ job, result });
    },
    read: (readings: Readings) => addGauges(registry, readings),
  };
}

export type Metrics = ReturnType<typeof openMetrics>;

function addGauges(registry: Registry, readings: Readings): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({ name, help, registers: [registry], collect: gaugeFrom(read) });
  gauge('jingwei_requests_running', 'Requests under way.', readings.requestsRunning);
  gauge('jingwei_stream_clients', 'Open streams (SSE, WebSocket).', readings.streamClients);
  gauge('jingwei_seal_lag_seconds', 'Every fact older than this is sealed.', () => {
    return readings.sealLagMs() / 1_000;
  });
  new Gauge({
    name: 'jingwei_pool_connections',
    help: 'Connections to the database by pool and state; waiting are requests without one.',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(
        readings.pools,
      )) {
        this.set({ pool, state: 'used' }, totalCount - idleCount);
        this.set({ pool, state: 'idle' }, idleCount);
        this.set({ pool, state: 'waiting' }, waitingCount);
      }
    },
  });
  new Gauge({
    name: 'jingwei_health_cause',
    help: '1 while a cause of /health is there.',
    labelNames: ['cause'],
    registers: [registry],
    collect() {
      for (const cause of Object.keys(causes) as (keyof typeof causes)[]) {
        this.set({ cause }, readings.has(cause) ? 1 : 0);
      }
    },
  });
}

function gaugeFrom(read: () => number) {
  return function collect(this: Gauge): void {
    this.set(read());
  };
}
