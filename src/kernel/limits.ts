/** Every bound of the platform in one place; the unit is the last word of the name. */
export const limits = {
  body_bytes: 2 * 1024 * 1024,
  json_depth: 32,
  document_bytes: 10 * 1024 * 1024,
  file_bytes: 5 * 1024 * 1024,
  page_rows: 200,
  page_rows_default: 50,
  order_lines: 1_000,
  /** A thousand lines with long names and schedules, as wished, offered and promised. */
  fact_body_bytes: 8 * 1024 * 1024,
  /** A prelude carries each list as text: past this many owners, share through an audience. */
  reads_owners: 1_000,
  transaction_tries: 5,
  /** Of a request: its first line and headers; one part of its path, percent-encoded. */
  header_bytes: 32 * 1024,
  path_part_chars: 6_000,
  /** Requests of one bearer that are committed together, where a route does so; one has more. */
  group_requests: 64,
  group_bytes: 1024 * 1024,
  /** So many of them wait behind the group under way, in memory, for `waiting_ms` at most. */
  group_waiting_requests: 1_000,
  group_waiting_bytes: 32 * 1024 * 1024,
  /** Of one firm: documents captured at once; those that wait behind them, and how long. */
  captures_at_once: 4,
  waiting_requests: 100,
  waiting_ms: 10_000,
  /** Bearers of whom it is remembered which firm they are. */
  known_bearers: 10_000,
  statement_ms: 20_000,
  transaction_idle_ms: 10_000,
  /** A transaction that has taken longer does not commit: late ones are waited for so long. */
  transaction_ms: 600_000,
  pool_connections: 12,
  prepared_statements: 500,
  /** A session ends so long after its sign-in, whatever happens in it. */
  session_days: 14,
  /** And so long after it was last used. */
  session_idle_hours: 72,
  /** When a session or a key was last used is written down at most so often. */
  used_minutes: 5,
  /** What changes factors asks for a password or a factor shown within so long. */
  proof_minutes: 10,
  /** How far ahead a party may set the day from which its people need a second factor. */
  factor_grace_days: 90,
  half_session_minutes: 5,
  half_session_tries: 5,
  challenge_minutes: 5,
  recovery_codes: 10,
  passkeys: 10,
  oidc_providers: 20,
  oidc_links: 10,
  oidc_visit_minutes: 10,
  /** How long an identity provider may take for one answer. */
  oidc_answer_s: 8,
  known_device_days: 180,
  security_log_days: 184,
  shared_access_days: 365,
  /** Requests about data that a party may have open at once. */
  rights_open: 200,
  /** How long what was refused is not asked for again. */
  ask_again_days: 30,
  marks_of_page: 1_000,
  /** How long a person may change their mind about having the account erased. */
  erasure_days: 7,
  erasures_at_once: 200,
  forget_ms: 3_600_000,
  forgotten_rows: 10_000,
  own_data_rows: 1_000,
  /** Different refusals that are written down within a minute; the rest is counted. */
  refusals_per_minute: 200,
  /** The longest that a key's old secret may live beside its new one. */
  key_overlap_hours: 168,
  /** Rows that have had their time, cleared away at one sign-in. */
  swept_rows: 200,
  invitation_days: 14,
  idempotency_key_chars: 200,
  /** How long a repeat of a request gets the first one's answer. */
  idempotency_days: 30,
  password_chars_min: 10,
  password_chars_max: 200,
  sign_in_tries_per_minute: 30,
  /** Wrong passwords that cost no waiting, in one hour: from one place for one login, from one
   * place for all, for one login from everywhere, for one login in a browser that knows it. */
  sign_in_pair_tries: 5,
  sign_in_place_tries: 50,
  sign_in_login_tries: 100,
  sign_in_device_tries: 10,
  second_step_tries: 10,
  /** Of one key or person, of all of a party, from one address; each process counts for itself. */
  requests_per_minute: 60_000,
  party_requests_per_minute: 120_000,
  address_requests_per_minute: 120_000,
  /** Requests without a good credential, or for nothing that is there, from one place. */
  failures_per_minute: 600,
  paced_keys: 100_000,
  /** So long a credential that was good is not held for what others do at its address. */
  good_minutes: 30,
  stream_clients: 500,
  stream_clients_of_party: 50,
  stream_poll_ms: 1_000,
  stream_overlap_ms: 30_000,
  stop_ms: 10_000,
  /** How long after its commit a fact may wait for its seal, where the sealer keeps up. */
  seal_interval_ms: 5_000,
  /** Facts of one checkpoint, and how many of them are in memory at once. */
  seal_batch_facts: 1_024,
  seal_slice_facts: 128,
  /** How far behind the newest sealed fact a late commit is looked for at every interval. */
  seal_window_ms: 30_000,
  /** How often all facts are looked through for one that the window has missed. */
  seal_sweep_ms: 3_600_000,
  /** When a client that was cut off comes again, and how far back it may go on from then. */
  stream_retry_ms: 1_000,
  stream_resume_ms: 86_400_000,
  stream_beat_ms: 15_000,
  /** WebSockets of one server, when one too many comes again, how long a client may be silent. */
  live_clients: 500,
  live_again_s: 10,
  live_answer_ms: 30_000,
  live_close_ms: 1_000,
  live_message_bytes: 1_024,
  /** How often a server looks at its own health, and how long the database may take to say so. */
  watch_ms: 1_000,
  pulse_ms: 3_000,
  /** How long a request waits for a connection, behind others or to a database that hangs. */
  connection_wait_ms: 10_000,
  /** How often a full disk is tried again. */
  disk_probe_ms: 2_000,
  /** A clock that goes on by so much more or less than a steady one has jumped. */
  clock_jump_ms: 2_000,
  clock_notice_ms: 600_000,
  /** How far this machine's clock may be from the database's: facts carry our instants. */
  clock_apart_ms: 5_000,
  /** Sealing is behind when no look has left nothing unsealed for so long. */
  seal_behind_ms: 120_000,
  /** Of stop_ms: for what runs to end, and for the jobs. The rest is for the database. */
  drain_ms: 5_000,
  jobs_stop_ms: 2_000,
  /** Of one party. */
  webhooks: 10,
  webhook_url_chars: 2_000,
  webhook_interval_ms: 1_000,
  /** Webhooks that one process sends to at once, each one message after the other. */
  webhooks_at_once: 16,
  /** Messages of one webhook in one go, so that the others have their turn. */
  webhook_go_messages: 50,
  webhook_go_ms: 5_000,
  webhooks_at_once_of_party: 4,
  /** How far one look goes along the tree of facts, and how many messages it makes at most. */
  webhook_look_facts: 1_000,
  webhook_waiting: 100,
  /** Looking up a name; connecting, TLS included; and from there to the end of the answer. */
  webhook_lookup_ms: 5_000,
  webhook_connect_ms: 5_000,
  webhook_attempt_ms: 15_000,
  /** Nobody else sends to a webhook for so long: twice an attempt, and for clocks that differ. */
  webhook_lease_ms: 45_000,
  /** How long a server that stops waits for answers that are under way. */
  webhook_stop_ms: 1_500,
  webhook_answer_bytes: 4_096,
  webhook_excerpt_chars: 300,
  webhook_retry_after_s: 86_400,
  /** A webhook that has failed for so long without one success is switched off. */
  webhook_failing_days: 5,
  /** So long a delivered message stays on the list. */
  webhook_message_days: 30,
  /** Clocks differ: a fact sealed so much behind a later one is not back-dated (verifier/). */
  seal_tolerance_minutes: 15,
  /** A backup's entry holds so much of a table, or one row where that is larger. */
  backup_piece_bytes: 4 * 1024 * 1024,
  /** No entry of a backup unpacks to more: one row has at most a document of 10 MB, as hex. */
  backup_entry_bytes: 128 * 1024 * 1024,
  /** Of 1 to 22: more costs the processor more than it saves the disk. */
  backup_zstd_level: 3,
  backup_poll_ms: 15_000,
  /** A failed scheduled backup is tried again so much later. */
  backup_retry_minutes: 10,
  /** A server that makes a backup says so this often; silent for so long, it is taken for dead. */
  backup_sign_ms: 30_000,
  backup_silent_minutes: 3,
  backup_run_days: 400,
  /** Units × periods × indicators of one index, and re-runs of its recipe. */
  index_cells: 2_000_000,
  index_runs: 1_000_000,
  index_file_bytes: 64 * 1024 * 1024,
  /** An index that is asked for by HTTP takes no longer, and waits for its turn no longer. */
  index_work_ms: 3_000,
  /** Cells × re-runs, and bytes, that are worked out where they came: some milliseconds. */
  index_values_here: 20_000,
  index_bytes_here: 32 * 1024,
  index_wait_ms: 6_000,
  index_queue: 6,
  index_memory_mb: 512,
  /** Pairs of units of a period that are compared over all re-runs: some minutes of work. */
  index_comparisons: 20_000_000_000,
  /** Whole rank tables of all pairs of units are kept while an index is re-run. */
  index_units_of_period: 2_000,
  /** Sectors of an input–output table: it is inverted, which is cubic. */
  input_output_sectors: 1_000,
  /** Of a table that is asked for by HTTP: two inverses of some tens of milliseconds. */
  matrix_sectors: 150,
  /** Invoice lines that a split asked for by HTTP reads at most. */
  split_lines: 200_000,
  sale_decisions: 10_000,
  product_bundles: 5_000,
  /** Promises of one bundled contract, each weighed against all others. */
  obligations: 200,
  /** Dimensions of a table of statistics, its cells, and the contributions that it is made of. */
  disclosure_dimensions: 4,
  disclosure_cells: 300_000,
  disclosure_contributions: 500_000,
  /** The largest contribution: sums of them stay exact enough in floats. */
  disclosure_value: 1e15,
  /** Kept cells that are attacked before a release: all of a small one, a sample of a large one. */
  disclosure_audited: 1_000,
  /** Releases of one definition in one revision history. */
  releases_compared: 120,
  /** Contributors who attack each cell in an audit, the nearest first. */
  disclosure_attackers: 40,
  /** What one release by HTTP is made of, with all releases before it; larger ones are files. */
  release_cells_here: 3_000,
  release_contributions_here: 5_000,
  /** Releases of one series here; each is held against all before it. */
  release_vintages_here: 24,
  release_tables: 8,
  release_findings: 100,
  /** Releases of a chain that go out in one round of the clock. */
  releases_due: 50,
  /** Firms that a cell is of at least, before one of them is shown its place among them. */
  own_place_firms: 5,
  release_rows_chars: 1_500_000,
  release_wait_ms: 2_000,
  release_work_ms: 7_500,
  release_queue: 4,
  release_memory_mb: 512,
  form_items: 200,
  form_choices: 50,
  form_rules: 200,
  /** Forms that one party is writing at a time. */
  form_drafts: 50,
  /** Forms of a chain among which those that ask the same are looked for. */
  forms_compared: 200,
  rule_chars: 500,
  /** Brackets, signs and words of one rule, one inside the other. */
  rule_depth: 32,
  rule_products: 20,
  asks_per_year: 366,
  /** Firms that one request asks, and all that one collection asks. */
  collection_parties: 1_000,
  collection_asked: 20_000,
  reminders_at_once: 500,
  note_chars: 1_000,
  /** What a firm notes of its own time on one report. */
  report_minutes: 10_000,
  /** Requests for figures of one firm in one period, or in one year, that are compared. */
  asks_compared: 1_000,
  /** Fewer figures than this say nothing of whether they were bent. */
  guard_least: 20,
  /** Firms whose reports one look takes. */
  guard_units: 5_000,
  /** Areas whose structures are compared, each with each. */
  structure_areas: 500,
  /** GS1's table of prefix lengths: over 5 MB since 2020. */
  prefix_formats: 2_000_000,
  prefix_formats_bytes: 128 * 1024 * 1024,
  /** Events of one document that is captured. */
  epcis_capture_events: 5_000,
  /** Places of one party whose stock its own events move. */
  stock_places: 1_000,
  /** Names that one document may teach. */
  stock_names: 1_000,
  /** Events that waited for a name, entered at once when it is known; and in one go by hand. */
  stock_settled: 2_000,
  stock_settled_by_hand: 5_000,
  /**
   * What lies in containers that events name alone. Mentions that are read for one of them, and at
   * once; how often there may be too many; containers that are read together; things that are
   * looked at, once for each moment.
   */
  stock_content_mentions: 20_000,
  stock_content_read: 400_000,
  stock_content_tries: 400,
  stock_content_batch: 50,
  stock_content_looks: 1_000_000,
  /** Containers that one event names, or that lie in one; goods by lot in them; and at once. */
  stock_containers_of_event: 500,
  stock_containers: 20_000,
  stock_content_amounts: 1_000,
  /** Things beside containers in one event, times the containers: which of them lies in which. */
  stock_things_beside: 20_000,
  /** Goods by lot that move out of containers at once, and events that name some. */
  stock_unpacked: 100_000,
  stock_packed_events: 40,
  /** Events that a rebuilding reads in one transaction. */
  stock_rebuilt: 1_000,
  /** Rows of stock that it holds against their entries in one transaction. */
  stock_refolded: 2_000,
  /** Events of a page, and how many one page may look through to find them. */
  epcis_page_events: 1_000,
  epcis_page_events_default: 30,
  /** Each may have two hundred faults, or a definition of epcis_query_chars. */
  epcis_page_captures: 100,
  epcis_page_queries: 30,
  epcis_looked_events: 20_000,
  /** Events that an order by an extension, or a maxEventCount, may have to hold at once. */
  epcis_ordered_events: 10_000,
  /** Of bodies of events: a page ends with the one that passes it, so with 26 MB at most. */
  epcis_page_bytes: 16 * 1024 * 1024,
  epcis_ordered_bytes: 64 * 1024 * 1024,
  epcis_page_hours: 24,
  epcis_url_chars: 8_000,
  /** Products of which a firm says how much may be lost in making. */
  loss_allowances: 5_000,
  epcis_queries: 500,
  epcis_query_chars: 100_000,
  /** Of one party, over all of its queries. */
  epcis_subscriptions: 20,
  epcis_signature_token_chars: 1_000,
  /** One document of a subscription; a single event may be larger than the bytes. */
  epcis_subscription_events: 100,
  epcis_subscription_bytes: 2 * 1024 * 1024,
  /** Events that one look takes up at most. */
  epcis_subscription_look_events: 500,
  /** How often new events are looked for, and how long behind an event others may still come. */
  epcis_subscription_interval_ms: 2_000,
  /** How often a client that listens is known to be there, though nothing is due. */
  epcis_listening_ms: 10_000,
  /** How often a stream looks for those that come behind others with later ids. */
  epcis_subscription_sweep_ms: 30_000,
  epcis_subscription_overlap_ms: 900_000,
  /** How long a query that cannot be asked any more is left alone. */
  epcis_subscription_error_ms: 3_600_000,
  /** Days that are looked through for the next time of a schedule: 29 February on a Sunday. */
  epcis_schedule_days: 14_976,
  /** What one trace may read and give: items, events, edges; what lies behind is named. */
  trace_nodes: 50_000,
  trace_events: 200_000,
  trace_bytes: 128 * 1024 * 1024,
  trace_edges: 200_000,
  trace_hops: 200,
  /** Names that one statement of a trace carries. */
  trace_batch_items: 1_000,
  /**
   * An extent reads so many events in a page, or so many bytes of them, and so many pages with one
   * question; it folds the stays of 20,000 things in a step.
   */
  extent_page_events: 20_000,
  extent_page_bytes: 32 * 1024 * 1024,
  extent_pages: 4,
  extent_build_steps: 5,
  /** What stands ready of one reader, and of how many readers; names are of all of them. */
  extent_items: 6_000_000,
  extent_events: 12_000_000,
  extent_records: 60_000_000,
  extent_readers: 4,
  /** Records behind what was built, and events declared wrong at once, until it is read anew. */
  extent_behind: 2_000_000,
  extent_withdrawals: 10_000,
  /** Things and lots that an answer goes for; rows and products in it; the sheet has all rows. */
  extent_found: 2_000_000,
  extent_rows: 1_000,
  extent_products: 200,
  /** Lines of a sheet that are written at once. */
  extent_lines: 50_000,
  /** Both together stay below what a transaction may be idle for. */
  extent_wait_ms: 3_500,
  extent_work_ms: 6_000,
  extent_queue: 32,
  extent_memory_mb: 4_096,
  /** Unit in case in pallet in container in vehicle: twice that and more. */
  containment_depth: 16,
  /** Goods by place, and parties to be told, of one recall. */
  recall_lines: 5_000,
  recall_notices: 200,
  /** Codes that one address looks up: many phones of one network come from one address. */
  scans_per_minute: 600,
  /** Links of an owner's own for one product, and warnings that are out for it at once. */
  consumer_links: 20,
  consumer_warnings: 20,
  consumer_warning_lots: 200,
  /** Events that a public page is made of, and what they may weigh; and the steps that it shows. */
  consumer_events: 300,
  consumer_event_bytes: 4 * 1024 * 1024,
  consumer_steps: 14,
  database_watch_ms: 250,
  database_start_tries: 20,
} as const;
