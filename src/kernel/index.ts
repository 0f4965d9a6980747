export { assert, present } from './assert.ts';
export {
  type Asked,
  checkBackup,
  checkDatabase,
} from './backup/check.ts';
export { backupFault } from './backup/faults.ts';
export { type Finding, sayFindings } from './backup/finding.ts';
export { type BackupKey, makeBackupKey, parseBackupKey } from './backup/key.ts';
export { makeBackup } from './backup/make.ts';
export type { BackupSecrets } from './backup/manifest.ts';
export { readKeptSecrets, restoreBackup } from './backup/restore.ts';
export { Backups, type LastBackup, type Making, startBackups } from './backup/scheduler.ts';
export { unfinishedRestore } from './backup/unfinished.ts';
export type { Bilingual } from './bilingual.ts';
export { type Clock, machineClock, seededClock } from './clock.ts';
export { type Config, readConfig } from './config.ts';
export * from './currencies.ts';
export * from './dates.ts';
export { asParty } from './db/acting.ts';
export { asSealer } from './db/as-sealer.ts';
export type { Tables } from './db/generated/tables.ts';
export { asGuestOf } from './db/guest.ts';
export { type Holder, holderOf, takeFolder } from './db/lock.ts';
export { migrate } from './db/migrate.ts';
export { openDatabase } from './db/open.ts';
export type { Database } from './db/place.ts';
export { inSavepoint } from './db/savepoint.ts';
export { type Actor, openStore, type Store, type Tx, type TxContext, withTx } from './db/tx.ts';
export * from './decimal.ts';
export { type Dice, openDice } from './dice.ts';
export {
  Fault,
  type FaultDetail,
  type FaultTable,
  fault as kernelFault,
  faultFrom,
  faultTable,
} from './faults.ts';
export { type File, file, getFile, keepFile } from './files/files.ts';
export {
  type Binding,
  type BindingAnswer,
  type BindingRequest,
  binding,
} from './http/binding.ts';
export type { Listening } from './http/live.ts';
export { openApi } from './http/openapi.ts';
export { invalid, languageOf, problemOf } from './http/problem.ts';
export { type Passage, type PublicBinding, readableAnywhere } from './http/public-binding.ts';
export {
  type BytesBody,
  type BytesReply,
  type Module,
  openRoute,
  type Route,
  route,
} from './http/route.ts';
export { openServer } from './http/server.ts';
export * from './identifiers/gln.ts';
export * from './identifiers/gs1.ts';
export * from './identifiers/gtin.ts';
export { accepted, type Parsed, refused } from './identifiers/parsed.ts';
export { type PrefixFormats, readPrefixFormats } from './identifiers/prefix-formats.ts';
export * from './identifiers/sscc.ts';
export * from './identifiers/tax-code.ts';
export * from './identifiers/uscc.ts';
export {
  createApiKey,
  listApiKeys,
  newApiKey,
  revokeApiKey,
  rotateApiKey,
} from './identity/api-keys.ts';
export { asMember, mayDo } from './identity/authenticate.ts';
export {
  type Chain,
  createChain,
  getChain,
  listChains,
  newChain,
  onBehalfOf,
  outsideChains,
} from './identity/chains.ts';
export { invite } from './identity/invitations.ts';
export {
  openProviders,
  type ProviderSetting,
  type Providers,
  readProviders,
} from './identity/oidc/providers.ts';
export {
  addParty,
  findParty,
  getParty,
  inviterOf,
  listParties,
  type NewParty,
  newParty,
  type Party,
  partiesById,
  party,
} from './identity/parties.ts';
export {
  addPerson,
  hashPassword,
  listPeople,
  newPerson,
  password,
  seatKnownPerson,
  seatPerson,
} from './identity/people.ts';
export { type SeatRole, seatPermissions, seatRoles } from './identity/permissions.ts';
export { resetFactors } from './identity/rescue.ts';
export { noteSharedAccess } from './identity/shared-access.ts';
export { shareWith } from './identity/sharing.ts';
export { openVault } from './identity/vault.ts';
export { firstIdAt, idFrom, idMaker, instantOf } from './ids.ts';
export {
  type ExactJson,
  type ExactObject,
  JSON_LIMITS,
  readExactJson,
  WrittenNumber,
} from './json/exact-json.ts';
export { limits } from './limits.ts';
export { type Logger, openLog } from './log.ts';
export { kernel } from './module.ts';
export { causeOf } from './operating/causes.ts';
export { machineClocks } from './operating/clock-watch.ts';
export { openDoorkeeper } from './operating/doorkeeper.ts';
export { openMetrics } from './operating/metrics.ts';
export { type Running, stop } from './operating/stop.ts';
export { Watch } from './operating/watch.ts';
export * from './paging.ts';
export type { Problem } from './problem.ts';
export { provinceOf } from './provinces.ts';
export { eraseByHand } from './rights/eraser.ts';
export { forgetWhatIsDue, startForgetting } from './rights/keeping.ts';
export { listRequests, rightsRequest } from './rights/requests.ts';
export * from './schema.ts';
export { readSecrets } from './secrets.ts';
export { serveThread } from './threads/serve.ts';
export { openThread } from './threads/thread.ts';
export { exportFacts } from './trust/fact-export.ts';
export {
  type Fact,
  fact,
  getFact,
  listFacts,
  listFactsOf,
  type NewFact,
  recordFact,
  recordFacts,
  toJson,
} from './trust/facts.ts';
export { nextNumber, passNumber } from './trust/numbers.ts';
export { readSealKey, signerOf } from './trust/seal-key.ts';
export { sealAll, startSealing } from './trust/sealer.ts';
export { type Checkpoint, openCheckpoint, verifierKey } from './trust/signed-note.ts';
export * from './units.ts';
export { type CallRules, mayCall, strictRules } from './webhooks/call-rules.ts';
export { startWebhooks } from './webhooks/courier.ts';
export { type Bell, type Due, goRound, type Rounds, startRounds } from './webhooks/rounds.ts';
export { nextAttempt, readRetryAfter } from './webhooks/schedule.ts';
export { type Letter, post } from './webhooks/sending.ts';
export type { Outcome } from './webhooks/settling.ts';
export { signedHeaders } from './webhooks/signatures.ts';
export { readWebhookKeys, type WebhookKeys } from './webhooks/signing-key.ts';
export { logWebhook } from './webhooks/webhooks.ts';
export { equalInMeaning, firstDifference } from './xml/equal.ts';
export type { XmlNames } from './xml/names.ts';
export { readXmlTree, XML_LIMITS, type XmlOutcome } from './xml/read-xml.ts';
export {
  elementsOf,
  isElement,
  type XmlAttribute,
  type XmlElement,
  type XmlNode,
} from './xml/tree.ts';
export { writeXmlTree } from './xml/write-xml.ts';
