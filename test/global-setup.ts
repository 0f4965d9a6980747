import type { TestProject } from 'vitest/node';
import { startTestServer } from '../src/kernel/test-server.ts';

/** One PostgreSQL for the test run: see `startTestServer`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startTestServer();
  project.provide('postgres', server);
  return stop;
}
