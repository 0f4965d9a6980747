export * from './disclosure/index.ts';
export { fault as publishingFault } from './faults.ts';
