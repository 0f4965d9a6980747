import { serveThread } from '../../../kernel/index.ts';
import { answerJob, type ExtentJob, type Standings } from './standings.ts';

const standings: Standings = new Map();

/** Keeps what stands ready, and follows goods through it, beside the event loop. */
serveThread((job: ExtentJob) => answerJob(standings, job));
