// Made by `npm run generate` from a database that all migrations have run on.
import type { ColumnType } from 'kysely';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** Read as a value, written as JSON text: a driver would send an array as a SQL array. */
export type JsonColumn = ColumnType<Json, string, string>;

export type AccountTable = {
  chain_id: string;
  owner_id: string;
  code: string;
  parent_code: string;
  name_zh: string;
  name_en: string;
  opened_at: string;
};

export type AccountBalanceTable = {
  chain_id: string;
  owner_id: string;
  account_code: string;
  counterparty_id: string;
  currency: string;
  debit_minor: bigint;
  credit_minor: bigint;
};

export type AccountErasureTable = {
  user_id: string;
  asked_at: string;
  due_at: string;
  begun_at: string | null;
  blocked_chain_id: string | null;
  blocked_party_id: string | null;
  erased_at: string | null;
};

export type ApiKeyTable = {
  chain_id: string;
  id: string;
  party_id: string;
  name: string;
  secret_hash: Uint8Array;
  scopes: string[];
  created_by: string | null;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  used_at: string | null;
  rotated_at: string | null;
  previous_hash: Uint8Array | null;
  previous_until: string | null;
};

export type BackupRunTable = {
  due_at: string;
  state: string;
  tries: number;
  file: string;
  started_at: string;
  signed_at: string;
  ended_at: string | null;
  size_bytes: bigint | null;
  sha256: string | null;
  findings: number | null;
  error: string | null;
  removed_at: string | null;
};

export type BankStatementTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  file_name: string;
  sha256: Uint8Array;
  imported_at: string;
};

export type BankStatementLineTable = {
  chain_id: string;
  id: string;
  statement_id: string;
  owner_id: string;
  line_no: number;
  booked_on: string;
  currency: string;
  amount_minor: bigint;
  counterparty_name: string;
  reference: string | null;
  memo: string;
  payment_id: string | null;
  set_aside_at: string | null;
};

export type CaptureTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  behaviour: string;
  success: boolean;
  events: number;
  captured: number;
  known: number;
  errors: JsonColumn;
  header: JsonColumn | null;
  created_at: string;
  finished_at: string;
};

export type ChainTable = {
  id: string;
  slug: string;
  name_zh: string;
  name_en: string;
  zone: string;
  created_at: string;
};

export type ChallengeTable = {
  challenge_hash: Uint8Array;
  purpose: string;
  user_id: string | null;
  expires_at: string;
};

export type CollectionTable = {
  chain_id: string;
  id: string;
  collector_id: string;
  form_id: string;
  form_version_id: string;
  period: string;
  due_on: string;
  state: string;
  version: number;
  opened_at: string;
  changed_at: string;
};

export type CollectionAskTable = {
  chain_id: string;
  id: string;
  collection_id: string;
  owner_id: string;
  collector_id: string;
  form_id: string;
  form_version_id: string;
  period: string;
  due_on: string;
  asked_on: string;
  asked_at: string;
  item_count: number;
  collection_state: string;
  state: string;
  unit: string;
  report_id: string | null;
  accepted_id: string | null;
  first_submitted_on: string | null;
  reminders: number;
  reminded_on: string | null;
  changed_at: string;
};

export type CompanyPrefixTable = {
  chain_id: string;
  prefix: string;
  owner_id: string;
  recorded_at: string;
};

export type ConsumerPageTable = {
  chain_id: string;
  product_id: string;
  owner_id: string;
  gtin: string;
  is_shared: boolean;
  parts: string[];
  place_detail: string;
  links: JsonColumn;
  changed_at: string;
};

export type ConsumerWarningTable = {
  chain_id: string;
  id: string;
  product_id: string;
  owner_id: string;
  lots: string[];
  reason_zh: string;
  reason_en: string;
  action_zh: string;
  action_en: string;
  contact: string | null;
  published_at: string;
  withdrawn_at: string | null;
};

export type CounterTable = {
  chain_id: string;
  owner_id: string;
  series: string;
  value: bigint;
};

export type DespatchTable = {
  chain_id: string;
  id: string;
  number: string;
  seller_id: string;
  buyer_id: string;
  carrier_id: string | null;
  order_id: string;
  state: string;
  despatched_at: string;
  expected_on: string;
  received_at: string | null;
  from_place_id: string | null;
  to_place_id: string | null;
  vehicle: string | null;
  note: string | null;
};

export type DespatchLineTable = {
  chain_id: string;
  despatch_id: string;
  line_no: number;
  seller_id: string;
  buyer_id: string;
  carrier_id: string | null;
  order_id: string;
  order_line_no: number;
  product_id: string | null;
  name: string;
  quantity: string;
  unit: string;
  lot: string | null;
  best_before: string | null;
  sscc: string | null;
  accepted: string;
  short: string;
  damaged: string;
  turned_away: string;
};

export type DisputeTable = {
  chain_id: string;
  id: string;
  invoice_id: string;
  seller_id: string;
  buyer_id: string;
  amount_minor: bigint;
  reason: string;
  state: string;
  opened_at: string;
  closed_at: string | null;
};

export type DocumentTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  receiver_id: string | null;
  kind: string;
  format: string;
  number: string | null;
  state: string;
  content_hash: Uint8Array;
  media_type: string;
  file_name: string | null;
  size_bytes: number;
  received_at: string;
  changed_at: string;
  tree: JsonColumn | null;
  body: JsonColumn | null;
  errors: JsonColumn;
  warnings: JsonColumn;
  error_count: number;
  subject_id: string | null;
  replaces_id: string | null;
  replaced_by_id: string | null;
};

export type DocumentSourceTable = {
  chain_id: string;
  document_id: string;
  owner_id: string;
  bytes: Uint8Array;
};

export type EndedPageTable = {
  chain_id: string;
  token_id: string;
  owner_id: string;
  expires_at: string;
};

export type EntryTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  counterparty_id: string;
  kind: string;
  subject_id: string;
  fact_id: string;
  reverses_id: string | null;
  booked_on: string;
  memo: string;
  recorded_at: string;
};

export type EntryLineTable = {
  chain_id: string;
  entry_id: string;
  line_no: number;
  owner_id: string;
  counterparty_id: string;
  account_code: string;
  currency: string;
  amount_minor: bigint;
};

export type EventTable = {
  chain_id: string;
  id: string;
  capturer_id: string;
  parties: string[];
  event_time: string;
  recorded_at: string;
  type: string;
  biz_step: string | null;
  disposition: string | null;
  body: JsonColumn;
  capture_id: string | null;
  event_uri: string;
  event_hash: string | null;
  action: string | null;
  read_point: string | null;
  biz_location: string | null;
  declares_error: boolean;
  prefixes: JsonColumn | null;
  movement: JsonColumn | null;
  body_bytes: number;
};

export type EventItemTable = {
  chain_id: string;
  item: string;
  event_time: string;
  event_id: string;
  place: number;
  role: string;
  by_class: boolean;
  quantity: string | null;
  uom: string | null;
  capturer_id: string;
  parties: string[];
};

export type EventVoidTable = {
  chain_id: string;
  event_id: string;
  by_event_id: string;
  capturer_id: string;
  parties: string[];
  recorded_at: string;
};

export type FactTable = {
  chain_id: string;
  id: string;
  type: string;
  subject_id: string;
  party_id: string;
  user_id: string | null;
  key_id: string | null;
  parties: string[];
  occurred_at: string;
  recorded_at: string;
  corrects_id: string | null;
  body: JsonColumn;
};

export type FileTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  parties: string[];
  name: string;
  media_type: string;
  sha256: Uint8Array;
  size_bytes: number;
  bytes: Uint8Array;
  recorded_at: string;
  erased_at: string | null;
};

export type FirmProfileTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  industry_class: string;
  edition: string;
  as_of: string;
  employees: number | null;
  revenue_10k: string | null;
  assets_10k: string | null;
  described_at: string;
};

export type FormTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  code: string;
  name_zh: string;
  name_en: string;
  period_kind: string;
  version: number;
  version_id: string;
  changed_at: string;
};

export type FormDraftTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  form_id: string | null;
  form_version: number | null;
  version: number;
  content: JsonColumn;
  begun_at: string;
  changed_at: string;
};

export type FormVersionTable = {
  chain_id: string;
  id: string;
  form_id: string;
  owner_id: string;
  version: number;
  name_zh: string;
  name_en: string;
  levels: number;
  asks_per_year: number;
  approval: JsonColumn | null;
  items: JsonColumn;
  rules: JsonColumn;
  defined_at: string;
};

export type HalfSessionTable = {
  token_hash: Uint8Array;
  user_id: string;
  tries_left: number;
  expires_at: string;
  first: string;
};

export type IdempotencyKeyTable = {
  chain_id: string;
  party_id: string;
  key: string;
  request_hash: Uint8Array;
  status: number;
  body: string;
  recorded_at: string;
};

export type InvitationTable = {
  chain_id: string;
  id: string;
  inviter_id: string;
  party_id: string;
  roles: string[];
  secret_hash: Uint8Array;
  created_at: string;
  expires_at: string;
  accepted_at: string | null;
  withdrawn_at: string | null;
};

export type InvoiceTable = {
  chain_id: string;
  id: string;
  kind: string;
  number: string;
  seller_id: string;
  buyer_id: string;
  order_id: string | null;
  corrects_id: string | null;
  issued_on: string;
  currency: string;
  net_minor: bigint;
  tax_minor: bigint;
  total_minor: bigint;
  match: string;
  disputed_minor: bigint;
  recorded_at: string;
};

export type InvoiceLineTable = {
  chain_id: string;
  invoice_id: string;
  line_no: number;
  seller_id: string;
  buyer_id: string;
  order_id: string | null;
  order_line_no: number | null;
  product_id: string | null;
  name: string;
  quantity: string;
  unit: string;
  price: string;
  price_base_quantity: string;
  tax_rate: string;
  tax_code: string | null;
  net_minor: bigint;
  tax_minor: bigint;
  differences: JsonColumn;
};

export type KnownDeviceTable = {
  token_hash: Uint8Array;
  user_id: string;
  known_since: string;
  expires_at: string;
};

export type LineNameTable = {
  chain_id: string;
  subject_id: string;
  name: string;
  line_no: number;
  buyer_id: string;
  seller_id: string;
};

export type LossAllowanceTable = {
  chain_id: string;
  owner_id: string;
  item: string;
  percent: string | null;
  changed_at: string;
};

export type MasterDataTable = {
  chain_id: string;
  owner_id: string;
  type: string;
  item: string;
  children: string[];
  element: JsonColumn;
  capture_id: string;
  recorded_at: string;
};

export type MemberTable = {
  chain_id: string;
  party_id: string;
  roles: string[];
  status: string;
  invited_by: string | null;
  joined_at: string;
};

export type MigrationTable = {
  id: string;
  hash: string;
  applied_at: string;
};

export type NamedQueryTable = {
  chain_id: string;
  owner_id: string;
  name: string;
  definition: string;
  created_at: string;
};

export type ObjectionMarkTable = {
  chain_id: string;
  request_id: string;
  fact_id: string;
  requester_id: string;
  holder_id: string;
  audience: string[];
  state: string;
  asked_at: string;
  answered_at: string | null;
  note: string | null;
};

export type OidcLinkTable = {
  issuer: string;
  subject: string;
  id: string;
  user_id: string;
  label: string;
  created_at: string;
  used_at: string | null;
};

export type OidcVisitTable = {
  ticket_hash: Uint8Array;
  provider: string;
  user_id: string | null;
  expires_at: string;
};

export type OrderLineTable = {
  chain_id: string;
  order_id: string;
  line_no: number;
  buyer_id: string;
  seller_id: string;
  product_id: string | null;
  buyer_code: string | null;
  seller_code: string | null;
  gtin: string | null;
  name: string;
  quantity: string;
  unit: string;
  price: string;
  price_base_quantity: string;
  tax_rate: string;
  net_minor: bigint;
  state: string;
  requested: JsonColumn;
  offered: JsonColumn | null;
  offered_price: string | null;
  promised: JsonColumn | null;
  first_promise: JsonColumn | null;
  first_promised_at: string | null;
  reason: string | null;
  despatched: string;
  accepted: string;
  short: string;
  damaged: string;
  turned_away: string;
  returned: string;
  invoiced: string;
};

export type OrderMessageTable = {
  chain_id: string;
  id: string;
  order_id: string;
  buyer_id: string;
  seller_id: string;
  author_id: string;
  author_name: string;
  text: string;
  written_at: string;
};

export type PartnerCodeTable = {
  chain_id: string;
  partner_id: string;
  code: string;
  product_id: string;
  owner_id: string;
};

export type PartyTable = {
  id: string;
  uscc: string | null;
  gln: string | null;
  name_zh: string;
  name_en: string;
  verified_at: string | null;
  lon: string | null;
  lat: string | null;
  region_code: string | null;
  created_at: string;
};

export type PartyAliasTable = {
  chain_id: string;
  owner_id: string;
  scheme: string;
  value: string;
  party_id: string;
  recorded_at: string;
};

export type PasskeyTable = {
  credential_id: string;
  id: string;
  user_id: string;
  name: string;
  public_key: Uint8Array;
  counter: bigint;
  transports: string[];
  created_at: string;
  used_at: string | null;
};

export type PaymentTable = {
  chain_id: string;
  id: string;
  payer_id: string;
  payee_id: string;
  currency: string;
  amount_minor: bigint;
  allocated_minor: bigint;
  paid_on: string;
  reference: string | null;
  remittance: JsonColumn;
  state: string;
  reason: string | null;
  recorded_by: string;
  recorded_at: string;
  confirmed_at: string | null;
};

export type PaymentAllocationTable = {
  chain_id: string;
  id: string;
  payment_id: string;
  receivable_id: string;
  payer_id: string;
  payee_id: string;
  toward: string;
  amount_minor: bigint;
  paid_on: string;
  allocated_on: string;
};

export type PlaceTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  gln: string | null;
  name_zh: string;
  name_en: string;
  kind: string;
  lon: string | null;
  lat: string | null;
  address: string | null;
  recorded_at: string;
  stock_kept_by: string;
  stock_stint: number;
  stock_since: string | null;
};

export type PriceTable = {
  chain_id: string;
  id: string;
  agreement_id: string;
  seller_id: string;
  buyer_id: string;
  product_id: string;
  unit: string;
  price: string;
  tax_rate: string;
  quantity_min: string;
  valid_from: string;
  valid_until: string | null;
  recorded_at: string;
};

export type ProductTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  code: string;
  gtin: string | null;
  name_zh: string;
  name_en: string;
  unit: string;
  shelf_life_days: number | null;
  temperature_min_c: string | null;
  temperature_max_c: string | null;
  tax_code: string | null;
  industry_class: string | null;
  published: boolean;
  recorded_at: string;
  changed_at: string;
};

export type ProductBundleTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  product_id: string;
  obligations: JsonColumn;
  described_on: string;
  recorded_at: string;
};

export type ProductUnitTable = {
  chain_id: string;
  product_id: string;
  unit: string;
  base_quantity: string;
  owner_id: string;
};

export type PurchaseOrderTable = {
  chain_id: string;
  id: string;
  number: string;
  buyer_id: string;
  seller_id: string;
  agreement_id: string | null;
  currency: string;
  state: string;
  version: number;
  placed_at: string;
  changed_at: string;
  requested_on: string;
  due_on: string | null;
  deliver_to: string | null;
  place_id: string | null;
  note: string | null;
  line_count: number;
  net_minor: bigint;
  tax_minor: bigint;
  total_minor: bigint;
};

export type QuerySubscriptionTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  query_name: string;
  dest: string | null;
  sealed_token: Uint8Array | null;
  epc_format: string;
  initial_record_time: string;
  report_if_empty: boolean;
  schedule: JsonColumn | null;
  state: string;
  off_reason: string | null;
  position: string;
  reached: string;
  swept_at: string;
  run_documents: number;
  batch_events: number;
  attempts: number;
  failing_since: string | null;
  last_notified_at: string | null;
  due_at: string | null;
  lease_id: string | null;
  lease_until: string | null;
  created_at: string;
};

export type RecallTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  number: string;
  title: string;
  hazard: string;
  grade: number;
  known_at: string;
  suspicion: JsonColumn;
  listed_as_of: string;
  is_cut: boolean;
  opened_at: string;
  first_sent_at: string | null;
  closed_at: string | null;
  outcome: string | null;
};

export type RecallAnswerTable = {
  chain_id: string;
  id: string;
  notice_id: string;
  recall_id: string;
  line_no: number;
  owner_id: string;
  asked_by_id: string;
  kept: string;
  destroyed: string;
  passed_on: string;
  missing: string;
  remark: string | null;
  answered_at: string;
};

export type RecallLineTable = {
  chain_id: string;
  recall_id: string;
  list_id: string;
  line_no: number;
  notice_id: string | null;
  owner_id: string;
  shown_to_id: string | null;
  is_own: boolean;
  item: string;
  lot: string | null;
  state: string;
  place: string | null;
  inside: string | null;
  ended: string | null;
  quantity: string | null;
  unit: string;
};

export type RecallNoticeTable = {
  chain_id: string;
  id: string;
  recall_id: string;
  owner_id: string;
  addressee_uri: string;
  addressee_id: string | null;
  shown_to_id: string | null;
  number: string;
  title: string;
  hazard: string;
  grade: number;
  note: string | null;
  told_by: string | null;
  drafted_at: string;
  sent_at: string | null;
  acknowledged_at: string | null;
  answered_at: string | null;
  closed_at: string | null;
};

export type ReceiptTable = {
  chain_id: string;
  id: string;
  number: string;
  despatch_id: string;
  order_id: string;
  buyer_id: string;
  seller_id: string;
  carrier_id: string | null;
  received_at: string;
  note: string | null;
};

export type ReceiptLineTable = {
  chain_id: string;
  receipt_id: string;
  line_no: number;
  despatch_line_no: number;
  order_id: string;
  order_line_no: number;
  buyer_id: string;
  seller_id: string;
  carrier_id: string | null;
  accepted: string;
  short: string;
  damaged: string;
  turned_away: string;
  reason: string | null;
  photo_ids: string[];
  received_on: string;
};

export type ReceivableTable = {
  chain_id: string;
  id: string;
  number: string;
  seller_id: string;
  buyer_id: string;
  currency: string;
  net_minor: bigint;
  tax_minor: bigint;
  total_minor: bigint;
  credited_minor: bigint;
  paid_minor: bigint;
  disputed_minor: bigint;
  open_minor: bigint;
  interest_minor: bigint;
  interest_paid_minor: bigint;
  interest_accrued_to: string | null;
  revenue_account: string;
  cost_account: string;
  issued_on: string;
  buyer_kind: string;
  seller_size: string;
  delivered_on: string;
  inspection_due_on: string | null;
  accepted_on: string | null;
  settled_amount_on: string | null;
  term_days: number | null;
  industry_norm: boolean;
  pay_when_paid: boolean;
  clock_start_on: string;
  due_on: string;
  statutory_due_on: string | null;
  start_rule: string;
  term_rule: string;
  late_rate_daily: string;
  settled_on: string | null;
  recorded_at: string;
};

export type ReceivableCreditTable = {
  chain_id: string;
  credit_note_id: string;
  receivable_id: string;
  seller_id: string;
  buyer_id: string;
  number: string;
  net_minor: bigint;
  tax_minor: bigint;
  amount_minor: bigint;
  credited_on: string;
  recorded_at: string;
};

export type ReceivableDisputeTable = {
  chain_id: string;
  id: string;
  receivable_id: string;
  seller_id: string;
  buyer_id: string;
  amount_minor: bigint;
  state: string;
  raised_on: string;
  closed_on: string | null;
};

export type RecoveryCodeTable = {
  user_id: string;
  code_hash: Uint8Array;
  made_at: string;
  used_at: string | null;
};

export type ReleaseTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  series_id: string;
  series: string;
  number: number;
  title: string;
  unit: string;
  reason: string | null;
  is_published: boolean;
  drafted_at: string;
  planned_at: string | null;
  published_at: string | null;
  withdrawn_at: string | null;
  withdrawal_reason: string | null;
  cells: number;
  hash: string;
  content: JsonColumn;
  held_at: string | null;
  held_because: string | null;
  collection_id: string | null;
  item: string | null;
};

export type ReleaseSeriesTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  code: string;
  collection_id: string | null;
  item: string | null;
  started_at: string;
};

export type ReleaseSourceTable = {
  chain_id: string;
  release_id: string;
  owner_id: string;
  source: JsonColumn;
};

export type ReportTable = {
  chain_id: string;
  id: string;
  ask_id: string;
  collection_id: string;
  owner_id: string;
  collector_id: string;
  number: number;
  corrects_id: string | null;
  reason: string | null;
  answers: JsonColumn;
  evidence: JsonColumn;
  notes: JsonColumn;
  checks: JsonColumn;
  minutes: number | null;
  prefilled_count: number;
  industry_class: string | null;
  size: string | null;
  region_code: string | null;
  submitted_at: string;
  fact_id: string;
};

export type ReportDraftTable = {
  chain_id: string;
  ask_id: string;
  owner_id: string;
  state: string;
  version: number;
  answers: JsonColumn;
  evidence: JsonColumn;
  notes: JsonColumn;
  minutes: number | null;
  corrects_id: string | null;
  reason: string | null;
  handed_by: string | null;
  changed_at: string;
};

export type ReportRulingTable = {
  chain_id: string;
  report_id: string;
  ask_id: string;
  owner_id: string;
  collector_id: string;
  ruling: string;
  reason: string | null;
  ruled_at: string;
};

export type ReturnNoteTable = {
  chain_id: string;
  id: string;
  number: string;
  order_id: string;
  buyer_id: string;
  seller_id: string;
  reason: string;
  returned_at: string;
};

export type ReturnNoteLineTable = {
  chain_id: string;
  return_note_id: string;
  line_no: number;
  order_id: string;
  order_line_no: number;
  buyer_id: string;
  seller_id: string;
  quantity: string;
  lot: string | null;
};

export type RightsRequestTable = {
  chain_id: string;
  id: string;
  kind: string;
  requester_id: string;
  holder_id: string;
  asked_by: string | null;
  fact_id: string | null;
  file_id: string | null;
  scope: string | null;
  share_until: string | null;
  statement: string;
  state: string;
  asked_at: string;
  due_on: string;
  answer: string | null;
  answered_by: string | null;
  answered_at: string | null;
  agreement_id: string | null;
  corrected_by: string | null;
  note: string | null;
  noted_at: string | null;
};

export type SaleDecisionTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  name: string;
  product_id: string | null;
  industry_class: string | null;
  tax_code: string | null;
  class: string;
  edition: string;
  reason: string;
  decided_on: string;
  recorded_at: string;
};

export type SealTable = {
  chain_id: string;
  size: bigint;
  root: Uint8Array;
  note: string;
  verifier_key: string;
  sealed_at: string;
};

export type SealLeafTable = {
  chain_id: string;
  position: bigint;
  leaf_hash: Uint8Array;
};

export type SealTileTable = {
  chain_id: string;
  level: number;
  tile: bigint;
  hashes: Uint8Array;
  root: Uint8Array;
};

export type SealedFactTable = {
  chain_id: string;
  fact_id: string;
  position: bigint;
  sealed_at: string;
  parties: string[];
};

export type SeatTable = {
  chain_id: string;
  user_id: string;
  party_id: string;
  role: string;
  given_at: string;
  ended_at: string | null;
};

export type SecurityEventTable = {
  id: string;
  kind: string;
  user_id: string | null;
  at_chain_id: string | null;
  at_party_id: string | null;
  happened_at: string;
  agent: string;
  address: string;
  detail: string;
};

export type SessionTable = {
  token_hash: Uint8Array;
  user_id: string;
  current_chain_id: string;
  current_party_id: string;
  created_at: string;
  expires_at: string;
  id: string;
  agent: string;
  address: string;
  used_at: string;
  proved_at: string;
  factor_at: string | null;
};

export type SharedAccessTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  reader_id: string;
  user_id: string | null;
  key_id: string | null;
  operation: string;
  record_count: number;
  looked_at: string;
};

export type SharedGtinTable = {
  gtin: string;
  shared_chain_id: string;
  shared_owner_id: string;
  shared_product_id: string;
  shared_at: string;
};

export type SharingAgreementTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  reader_id: string;
  scope: string;
  purpose: string;
  valid_from: string;
  valid_until: string | null;
  revoked_at: string | null;
  created_by: string | null;
};

export type SignInBudgetTable = {
  budget_hash: Uint8Array;
  tries: number;
  next_at: string;
  forget_at: string;
};

export type SignInPolicyTable = {
  chain_id: string;
  party_id: string;
  factor_from: string | null;
  set_by: string;
  set_at: string;
  version: number;
};

export type StockTable = {
  chain_id: string;
  owner_id: string;
  place_id: string;
  product_id: string;
  lot: string;
  disposition: string;
  unit: string;
  product_name: string;
  best_before: string | null;
  quantity: string;
  negative_event_id: string | null;
  changed_at: string;
  counted_at: string | null;
};

export type StockMovementTable = {
  chain_id: string;
  owner_id: string;
  place_id: string;
  product_id: string;
  lot: string;
  disposition: string;
  unit: string;
  stint: number;
  at: string;
  event_id: string;
  kind: string;
  quantity: string;
  product_name: string;
  best_before: string | null;
  step: string | null;
  voided_by: string | null;
  recorded_at: string;
};

export type StockNameTable = {
  chain_id: string;
  owner_id: string;
  name: string;
  product_id: string | null;
  product_name: string | null;
  unit: string | null;
  packing: JsonColumn;
  said_at: string;
};

export type StockOpeningTable = {
  chain_id: string;
  owner_id: string;
  place_id: string;
  stint: number;
  product_id: string;
  lot: string;
  disposition: string;
  unit: string;
  quantity: string;
  negative_event_id: string | null;
  opened_at: string;
};

export type StockUnknownTable = {
  chain_id: string;
  owner_id: string;
  event_id: string;
  what: string;
  name: string;
  at: string;
  recorded_at: string;
};

export type SubscriptionEventTable = {
  chain_id: string;
  subscription_id: string;
  event_id: string;
  owner_id: string;
  state: string;
};

export type SupplyAgreementTable = {
  chain_id: string;
  id: string;
  seller_id: string;
  buyer_id: string;
  number: string;
  currency: string;
  valid_from: string;
  valid_until: string | null;
  payment_days: number;
  inspection_days: number;
  buyer_kind: string;
  seller_size: string;
  industry_norm: boolean;
  late_rate_yearly: string | null;
  prime_rate_yearly: string | null;
  quantity_tolerance_percent: string;
  price_tolerance_percent: string;
  state: string;
  proposed_by: string;
  recorded_at: string;
  agreed_at: string | null;
  ended_at: string | null;
};

export type TotpTable = {
  user_id: string;
  sealed_secret: Uint8Array;
  created_at: string;
  confirmed_at: string | null;
  last_step: bigint;
};

export type UserAccountTable = {
  id: string;
  login: string;
  name: string;
  password_hash: string;
  locale: string;
  created_at: string;
  disabled_at: string | null;
  password_due: boolean;
};

export type UserChainTable = {
  user_id: string;
  seat_chain_id: string;
  seat_party_id: string;
};

export type WebhookTable = {
  chain_id: string;
  id: string;
  owner_id: string;
  url: string;
  description: string;
  kinds: string[];
  state: string;
  off_reason: string | null;
  sealed_secret: Uint8Array;
  previous_sealed_secret: Uint8Array | null;
  previous_until: string | null;
  rotated_at: string | null;
  position: bigint;
  failing_since: string | null;
  due_at: string | null;
  lease_id: string | null;
  lease_until: string | null;
  created_by: string | null;
  created_at: string;
};

export type WebhookMessageTable = {
  chain_id: string;
  id: string;
  webhook_id: string;
  owner_id: string;
  kind: string;
  fact_id: string | null;
  type: string;
  position: bigint;
  state: string;
  attempts: number;
  queued_at: string;
  next_at: string;
  last_at: string | null;
  last_status: number | null;
  last_error: string | null;
  last_excerpt: string | null;
  done_at: string | null;
};

export type Tables = {
  account: AccountTable;
  account_balance: AccountBalanceTable;
  account_erasure: AccountErasureTable;
  api_key: ApiKeyTable;
  backup_run: BackupRunTable;
  bank_statement: BankStatementTable;
  bank_statement_line: BankStatementLineTable;
  capture: CaptureTable;
  chain: ChainTable;
  challenge: ChallengeTable;
  collection: CollectionTable;
  collection_ask: CollectionAskTable;
  company_prefix: CompanyPrefixTable;
  consumer_page: ConsumerPageTable;
  consumer_warning: ConsumerWarningTable;
  counter: CounterTable;
  despatch: DespatchTable;
  despatch_line: DespatchLineTable;
  dispute: DisputeTable;
  document: DocumentTable;
  document_source: DocumentSourceTable;
  ended_page: EndedPageTable;
  entry: EntryTable;
  entry_line: EntryLineTable;
  event: EventTable;
  event_item: EventItemTable;
  event_void: EventVoidTable;
  fact: FactTable;
  file: FileTable;
  firm_profile: FirmProfileTable;
  form: FormTable;
  form_draft: FormDraftTable;
  form_version: FormVersionTable;
  half_session: HalfSessionTable;
  idempotency_key: IdempotencyKeyTable;
  invitation: InvitationTable;
  invoice: InvoiceTable;
  invoice_line: InvoiceLineTable;
  known_device: KnownDeviceTable;
  line_name: LineNameTable;
  loss_allowance: LossAllowanceTable;
  master_data: MasterDataTable;
  member: MemberTable;
  migration: MigrationTable;
  named_query: NamedQueryTable;
  objection_mark: ObjectionMarkTable;
  oidc_link: OidcLinkTable;
  oidc_visit: OidcVisitTable;
  order_line: OrderLineTable;
  order_message: OrderMessageTable;
  partner_code: PartnerCodeTable;
  party: PartyTable;
  party_alias: PartyAliasTable;
  passkey: PasskeyTable;
  payment: PaymentTable;
  payment_allocation: PaymentAllocationTable;
  place: PlaceTable;
  price: PriceTable;
  product: ProductTable;
  product_bundle: ProductBundleTable;
  product_unit: ProductUnitTable;
  purchase_order: PurchaseOrderTable;
  query_subscription: QuerySubscriptionTable;
  recall: RecallTable;
  recall_answer: RecallAnswerTable;
  recall_line: RecallLineTable;
  recall_notice: RecallNoticeTable;
  receipt: ReceiptTable;
  receipt_line: ReceiptLineTable;
  receivable: ReceivableTable;
  receivable_credit: ReceivableCreditTable;
  receivable_dispute: ReceivableDisputeTable;
  recovery_code: RecoveryCodeTable;
  release: ReleaseTable;
  release_series: ReleaseSeriesTable;
  release_source: ReleaseSourceTable;
  report: ReportTable;
  report_draft: ReportDraftTable;
  report_ruling: ReportRulingTable;
  return_note: ReturnNoteTable;
  return_note_line: ReturnNoteLineTable;
  rights_request: RightsRequestTable;
  sale_decision: SaleDecisionTable;
  seal: SealTable;
  seal_leaf: SealLeafTable;
  seal_tile: SealTileTable;
  sealed_fact: SealedFactTable;
  seat: SeatTable;
  security_event: SecurityEventTable;
  session: SessionTable;
  shared_access: SharedAccessTable;
  shared_gtin: SharedGtinTable;
  sharing_agreement: SharingAgreementTable;
  sign_in_budget: SignInBudgetTable;
  sign_in_policy: SignInPolicyTable;
  stock: StockTable;
  stock_movement: StockMovementTable;
  stock_name: StockNameTable;
  stock_opening: StockOpeningTable;
  stock_unknown: StockUnknownTable;
  subscription_event: SubscriptionEventTable;
  supply_agreement: SupplyAgreementTable;
  totp: TotpTable;
  user_account: UserAccountTable;
  user_chain: UserChainTable;
  webhook: WebhookTable;
  webhook_message: WebhookMessageTable;
};
