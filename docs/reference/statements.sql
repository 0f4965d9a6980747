-- Every statement that the application runs in the conformance story, in normal form.
-- Made by `npx vitest run test/conformance/statements.test.ts -u`; review changes.

delete
  from "account_erasure"
  where "user_id" = $ and "begun_at" is null;

delete
  from "challenge"
  where "challenge_hash" = $ and "purpose" = $ and "user_id" = $ and "expires_at" > $;

delete
  from "challenge"
  where "challenge_hash" = $ and "purpose" = $ and "user_id" is null and "expires_at" > $;

delete
  from "challenge"
  where "challenge_hash" in ( select "challenge_hash"
  from "challenge"
  where "expires_at" < $
  limit 200 for update skip locked);

delete
  from "challenge"
  where "user_id" = $;

delete
  from "ended_page"
  where "chain_id" = $ and "owner_id" = $ and "expires_at" < $;

delete
  from "form_draft"
  where "chain_id" = $ and "id" = $;

delete
  from "half_session"
  where "token_hash" = $;

delete
  from "half_session"
  where "token_hash" in ( select "token_hash"
  from "half_session"
  where "expires_at" < $
  limit 200 for update skip locked);

delete
  from "half_session"
  where "user_id" = $;

delete
  from "idempotency_key"
  where chain_id = $ and ("party_id", "key") in ( select "party_id", "key"
  from "idempotency_key"
  where chain_id = $ and "recorded_at" < $
  order by "recorded_at"
  limit 10000);

delete
  from "known_device"
  where "user_id" = $;

delete
  from "named_query"
  where "chain_id" = $ and "owner_id" = $ and "name" = $;

delete
  from "oidc_link"
  where "user_id" = $;

delete
  from "oidc_link"
  where "user_id" = $ and "id" = $
  returning "label";

delete
  from "oidc_visit"
  where "ticket_hash" = $ and "expires_at" > $
  returning "provider", "user_id" as "user";

delete
  from "oidc_visit"
  where "ticket_hash" in ( select "ticket_hash"
  from "oidc_visit"
  where "expires_at" < $
  limit 200 for update skip locked);

delete
  from "passkey"
  where "user_id" = $;

delete
  from "passkey"
  where "user_id" = $ and "id" = $
  returning "name";

delete
  from "query_subscription"
  where "chain_id" = $ and "owner_id" = $ and "id" in ($, …);

delete
  from "recovery_code"
  where "user_id" = $;

delete
  from "session"
  where "token_hash" = $;

delete
  from "session"
  where "token_hash" in ( select "token_hash"
  from "session"
  where "expires_at" < $
  limit 200 for update skip locked);

delete
  from "session"
  where "user_id" = $;

delete
  from "session"
  where "user_id" = $ and "id" <> $;

delete
  from "session"
  where "user_id" = $ and "id" = $;

delete
  from "shared_access"
  where chain_id = $ and ("id") in ( select "id"
  from "shared_access"
  where chain_id = $ and "looked_at" < $
  order by "looked_at"
  limit 10000);

delete
  from "shared_gtin"
  where "shared_product_id" = $ and "shared_chain_id" = $ and "shared_owner_id" = $;

delete
  from "sign_in_budget"
  where "budget_hash" = $;

delete
  from "sign_in_budget"
  where "budget_hash" in ( select "budget_hash"
  from "sign_in_budget"
  where "forget_at" < $
  limit 200 for update skip locked);

delete
  from "subscription_event"
  where "chain_id" = $ and "subscription_id" = $;

delete
  from "subscription_event"
  where "chain_id" = $ and "subscription_id" = $ and "event_id" < $ and "state" <> $;

delete
  from "subscription_event"
  where "chain_id" = $ and "subscription_id" in ($, …);

delete
  from "totp"
  where "user_id" = $;

delete
  from "user_chain"
  where "user_id" = $;

delete
  from "webhook"
  where "chain_id" = $ and "owner_id" = $ and "id" = $
  returning "url";

delete
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $;

delete
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $ and "kind" = $ and "state" = $ and "position" >= $;

delete
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $ and "state" in ($, …) and "queued_at" < $;

delete
  from security_event
  where id in ( select id
  from security_event
  where happened_at < $
  order by happened_at
  limit 10000);

delete
  from stock_unknown
  where chain_id = $::uuid and owner_id = $::uuid and event_id = any($::uuid[]);

insert into "account" ("chain_id", "owner_id", "code", "parent_code", "name_zh", "name_en", "opened_at")
  values ($, $, $, $, $, $, $)
  on conflict do nothing;

insert into "account_balance" ("chain_id", "owner_id", "account_code", "counterparty_id", "currency", "debit_minor", "credit_minor")
  values ($, $, $, $, $, $, $)
  on conflict ("chain_id", "owner_id", "account_code", "counterparty_id", "currency") do update
  set "debit_minor" = account_balance.debit_minor + excluded.debit_minor, "credit_minor" = account_balance.credit_minor + excluded.credit_minor;

insert into "account_erasure" ("user_id", "asked_at", "due_at")
  values ($, $, $)
  on conflict do nothing;

insert into "api_key" ("chain_id", "party_id", "secret_hash", "created_by", "id", "name", "scopes", "created_at", "expires_at", "used_at", "rotated_at", "previous_until", "revoked_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "bank_statement" ("chain_id", "id", "owner_id", "file_name", "sha256", "imported_at")
  values ($, $, $, $, $, $)
  on conflict do nothing;

insert into "bank_statement_line" ("chain_id", "id", "statement_id", "owner_id", "currency", "line_no", "booked_on", "amount_minor", "counterparty_name", "reference", "memo", "payment_id", "set_aside_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "capture" ("chain_id", "owner_id", "id", "behaviour", "events", "captured", "known", "errors", "success", "created_at", "finished_at", "header")
  values ($, $, $, $, $, $, $, $, $, $, $, $);

insert into "challenge" ("challenge_hash", "purpose", "user_id", "expires_at")
  values ($, $, $, $);

insert into "collection" ("chain_id", "id", "collector_id", "form_id", "form_version_id", "period", "due_on", "state", "version", "opened_at", "changed_at")
  values ($, $, $, $, $, $, $, $, $, $, $);

insert into "collection_ask" ("chain_id", "id", "collection_id", "period", "due_on", "owner_id", "collector_id", "form_id", "form_version_id", "asked_on", "asked_at", "item_count", "collection_state", "state", "unit", "report_id", "accepted_id", "first_submitted_on", "reminders", "reminded_on", "changed_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "company_prefix" ("chain_id", "prefix", "owner_id", "recorded_at")
  values ($, $, $, $)
  on conflict do nothing;

insert into "consumer_page" ("chain_id", "product_id", "owner_id", "gtin", "is_shared", "parts", "place_detail", "changed_at", "links")
  values ($, $, $, $, $, $, $, $, $)
  on conflict ("chain_id", "product_id") do update
  set "gtin" = $, "is_shared" = $, "parts" = $, "place_detail" = $, "changed_at" = $, "links" = $;

insert into "consumer_warning" ("chain_id", "owner_id", "id", "product_id", "lots", "reason_zh", "reason_en", "action_zh", "action_en", "contact", "published_at", "withdrawn_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $);

insert into "counter" ("chain_id", "owner_id", "series", "value")
  values ($, $, $, $)
  on conflict ("chain_id", "owner_id", "series") do update
  set "value" = counter.value + 1
  returning "value";

insert into "despatch" ("chain_id", "id", "order_id", "seller_id", "buyer_id", "carrier_id", "state", "despatched_at", "expected_on", "received_at", "from_place_id", "to_place_id", "vehicle", "note", "number")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "despatch_line" ("chain_id", "despatch_id", "order_id", "seller_id", "buyer_id", "carrier_id", "line_no", "order_line_no", "product_id", "name", "quantity", "unit", "lot", "best_before", "sscc", "accepted", "short", "damaged", "turned_away")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "dispute" ("chain_id", "seller_id", "buyer_id", "id", "invoice_id", "amount_minor", "reason", "state", "opened_at", "closed_at")
  values ($, $, $, $, $, $, $, $, $, $);

insert into "document" ("chain_id", "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "content_hash", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "tree", "body", "errors", "warnings", "error_count", "subject_id", "replaces_id", "replaced_by_id")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict ("chain_id", "owner_id", "content_hash") do nothing
  returning "id";

insert into "document_source" ("chain_id", "document_id", "owner_id", "bytes")
  values ($, $, $, $);

insert into "ended_page" ("chain_id", "token_id", "owner_id", "expires_at")
  values ($, $, $, $)
  on conflict do nothing;

insert into "entry" ("chain_id", "id", "kind", "booked_on", "memo", "owner_id", "counterparty_id", "subject_id", "fact_id", "reverses_id", "recorded_at")
  values ($, $, $, $, $, $, $, $, $, $, $);

insert into "entry" ("chain_id", "id", "kind", "subject_id", "fact_id", "booked_on", "memo", "owner_id", "counterparty_id", "reverses_id", "recorded_at")
  values ($, $, $, $, $, $, $, $, $, $, $);

insert into "entry_line" ("chain_id", "entry_id", "line_no", "owner_id", "counterparty_id", "account_code", "currency", "amount_minor")
  values ($, $, $, $, $, $, $, $);

insert into "fact" ("chain_id", "id", "type", "subject_id", "party_id", "user_id", "key_id", "parties", "occurred_at", "recorded_at", "corrects_id", "body")
  values ($, $, $, $, $, $, $, $, $, $, $, $);

insert into "file" ("id", "name", "media_type", "size_bytes", "chain_id", "owner_id", "parties", "sha256", "bytes", "recorded_at", "erased_at")
  values ($, $, $, $, $, $, $, $, $, $, $);

insert into "firm_profile" ("chain_id", "owner_id", "industry_class", "as_of", "employees", "revenue_10k", "assets_10k", "id", "edition", "described_at")
  values ($, $, $, $, $, $, $, $, $, $);

insert into "form" ("chain_id", "id", "owner_id", "code", "name_zh", "name_en", "period_kind", "version", "version_id", "changed_at")
  values ($, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "form_draft" ("chain_id", "id", "owner_id", "form_id", "form_version", "version", "content", "begun_at", "changed_at")
  values ($, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "form_version" ("chain_id", "id", "form_id", "owner_id", "version", "name_zh", "name_en", "levels", "asks_per_year", "approval", "items", "rules", "defined_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "half_session" ("token_hash", "user_id", "first", "tries_left", "expires_at")
  values ($, $, $, $, $);

insert into "invitation" ("chain_id", "inviter_id", "secret_hash", "id", "party_id", "roles", "created_at", "expires_at", "accepted_at", "withdrawn_at")
  values ($, $, $, $, $, $, $, $, $, $);

insert into "invoice" ("chain_id", "kind", "number", "buyer_id", "order_id", "corrects_id", "issued_on", "currency", "match", "id", "seller_id", "net_minor", "tax_minor", "total_minor", "disputed_minor", "recorded_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "invoice_line" ("chain_id", "invoice_id", "seller_id", "buyer_id", "line_no", "order_id", "order_line_no", "product_id", "name", "unit", "quantity", "price", "price_base_quantity", "tax_rate", "tax_code", "net_minor", "tax_minor", "differences")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "known_device" ("token_hash", "user_id", "known_since", "expires_at")
  values ($, $, $, $)
  on conflict ("token_hash", "user_id") do update
  set "expires_at" = $;

insert into "loss_allowance" ("chain_id", "owner_id", "item", "percent", "changed_at")
  values ($, $, $, $, $)
  on conflict ("chain_id", "owner_id", "item") do update
  set "percent" = $, "changed_at" = $;

insert into "master_data" ("chain_id", "owner_id", "type", "item", "children", "element", "capture_id", "recorded_at")
  values ($, $, $, $, $, $, $, $)
  on conflict ("chain_id", "item", "type", "owner_id") do update
  set "children" = "excluded"."children", "element" = "excluded"."element", "capture_id" = "excluded"."capture_id", "recorded_at" = "excluded"."recorded_at";

insert into "member" ("chain_id", "party_id", "roles", "status", "invited_by", "joined_at")
  values ($, $, $, $, $, $)
  on conflict do nothing;

insert into "named_query" ("chain_id", "owner_id", "name", "definition", "created_at")
  values ($, $, $, $, $)
  on conflict do nothing;

insert into "objection_mark" ("chain_id", "request_id", "fact_id", "requester_id", "holder_id", "audience", "state", "asked_at", "answered_at", "note")
  values ($, $, $, $, $, $, $, $, $, $);

insert into "oidc_link" ("id", "issuer", "label", "created_at", "used_at", "subject", "user_id")
  values ($, $, $, $, $, $, $)
  on conflict ("issuer", "subject") do nothing;

insert into "oidc_visit" ("ticket_hash", "provider", "user_id", "expires_at")
  values ($, $, $, $);

insert into "order_line" ("line_no", "product_id", "buyer_code", "seller_code", "gtin", "name", "quantity", "unit", "price", "price_base_quantity", "tax_rate", "net_minor", "state", "requested", "offered", "offered_price", "promised", "first_promise", "first_promised_at", "reason", "despatched", "accepted", "short", "damaged", "turned_away", "returned", "invoiced", "chain_id", "order_id", "buyer_id", "seller_id")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "order_message" ("chain_id", "order_id", "buyer_id", "seller_id", "id", "author_id", "author_name", "text", "written_at")
  values ($, $, $, $, $, $, $, $, $);

insert into "party" ("id", "uscc", "gln", "name_zh", "name_en", "lon", "lat", "region_code", "verified_at", "created_at")
  values ($, $, $, $, $, $, $, $, $, $);

insert into "passkey" ("credential_id", "user_id", "public_key", "counter", "transports", "id", "name", "created_at", "used_at")
  values ($, $, $, $, $, $, $, $, $)
  on conflict ("credential_id") do nothing;

insert into "payment" ("chain_id", "id", "payer_id", "payee_id", "currency", "amount_minor", "paid_on", "reference", "allocated_minor", "remittance", "state", "reason", "recorded_by", "recorded_at", "confirmed_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "payment_allocation" ("chain_id", "id", "payment_id", "payer_id", "payee_id", "receivable_id", "toward", "amount_minor", "paid_on", "allocated_on")
  values ($, $, $, $, $, $, $, $, $, $);

insert into "place" ("chain_id", "recorded_at", "id", "owner_id", "gln", "name_zh", "name_en", "kind", "lon", "lat", "address", "stock_kept_by", "stock_since", "stock_stint")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "price" ("product_id", "unit", "price", "tax_rate", "quantity_min", "valid_from", "chain_id", "id", "agreement_id", "seller_id", "buyer_id", "valid_until", "recorded_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "product" ("chain_id", "recorded_at", "id", "owner_id", "code", "gtin", "tax_code", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "industry_class", "published", "changed_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "product_bundle" ("chain_id", "owner_id", "id", "product_id", "described_on", "recorded_at", "obligations")
  values ($, $, $, $, $, $, $);

insert into "product_unit" ("chain_id", "product_id", "owner_id", "unit", "base_quantity")
  values ($, $, $, $, $);

insert into "purchase_order" ("chain_id", "id", "buyer_id", "seller_id", "agreement_id", "currency", "state", "version", "placed_at", "changed_at", "requested_on", "due_on", "deliver_to", "place_id", "note", "line_count", "net_minor", "tax_minor", "total_minor", "number")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "query_subscription" ("chain_id", "owner_id", "id", "query_name", "dest", "schedule", "report_if_empty", "initial_record_time", "epc_format", "state", "off_reason", "position", "last_notified_at", "failing_since", "created_at", "sealed_token", "reached", "swept_at", "run_documents", "batch_events", "attempts", "due_at", "lease_id", "lease_until")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "recall" ("chain_id", "id", "owner_id", "number", "title", "hazard", "grade", "known_at", "suspicion", "listed_as_of", "is_cut", "opened_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "recall_answer" ("chain_id", "id", "notice_id", "recall_id", "owner_id", "asked_by_id", "remark", "line_no", "kept", "destroyed", "passed_on", "missing", "answered_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "recall_line" ("chain_id", "recall_id", "list_id", "line_no", "owner_id", "notice_id", "shown_to_id", "is_own", "item", "lot", "state", "place", "inside", "ended", "quantity", "unit")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "recall_notice" ("chain_id", "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "shown_to_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "receipt" ("chain_id", "buyer_id", "seller_id", "carrier_id", "order_id", "id", "despatch_id", "received_at", "note", "number")
  values ($, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "receipt_line" ("chain_id", "buyer_id", "seller_id", "carrier_id", "order_id", "receipt_id", "despatch_line_no", "accepted", "short", "damaged", "turned_away", "reason", "photo_ids", "line_no", "order_line_no", "received_on")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "receivable" ("chain_id", "id", "inspection_due_on", "accepted_on", "settled_amount_on", "term_days", "industry_norm", "pay_when_paid", "revenue_account", "cost_account", "number", "seller_id", "buyer_id", "currency", "net_minor", "tax_minor", "issued_on", "buyer_kind", "seller_size", "delivered_on", "due_on", "statutory_due_on", "start_rule", "term_rule", "clock_start_on", "late_rate_daily", "total_minor", "open_minor", "credited_minor", "paid_minor", "disputed_minor", "interest_minor", "interest_paid_minor", "interest_accrued_to", "settled_on", "recorded_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "receivable" ("chain_id", "id", "inspection_due_on", "accepted_on", "settled_amount_on", "term_days", "industry_norm", "pay_when_paid", "revenue_account", "cost_account", "number", "seller_id", "buyer_id", "currency", "net_minor", "tax_minor", "issued_on", "delivered_on", "buyer_kind", "seller_size", "due_on", "statutory_due_on", "start_rule", "term_rule", "clock_start_on", "late_rate_daily", "total_minor", "open_minor", "credited_minor", "paid_minor", "disputed_minor", "interest_minor", "interest_paid_minor", "interest_accrued_to", "settled_on", "recorded_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "receivable_credit" ("chain_id", "credit_note_id", "receivable_id", "number", "net_minor", "tax_minor", "credited_on", "seller_id", "buyer_id", "amount_minor", "recorded_at")
  values ($, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "receivable_dispute" ("chain_id", "id", "receivable_id", "amount_minor", "seller_id", "buyer_id", "state", "raised_on", "closed_on")
  values ($, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "recovery_code" ("user_id", "code_hash", "made_at", "used_at")
  values ($, $, $, $);

insert into "release" ("chain_id", "id", "owner_id", "series_id", "series", "collection_id", "item", "number", "title", "unit", "reason", "planned_at", "is_published", "drafted_at", "cells", "hash", "content")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "release_series" ("chain_id", "id", "owner_id", "code", "collection_id", "item", "started_at")
  values ($, $, $, $, $, $, $)
  on conflict do nothing;

insert into "release_source" ("chain_id", "release_id", "owner_id", "source")
  values ($, $, $, $);

insert into "report" ("chain_id", "id", "ask_id", "owner_id", "collector_id", "collection_id", "number", "corrects_id", "reason", "minutes", "industry_class", "size", "region_code", "answers", "evidence", "notes", "checks", "prefilled_count", "submitted_at", "fact_id")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "report_draft" ("chain_id", "ask_id", "owner_id", "state", "minutes", "handed_by", "changed_at", "version", "answers", "evidence", "notes", "corrects_id", "reason")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "report_ruling" ("chain_id", "report_id", "ask_id", "owner_id", "collector_id", "ruling", "reason", "ruled_at")
  values ($, $, $, $, $, $, $, $);

insert into "return_note" ("chain_id", "buyer_id", "seller_id", "id", "order_id", "reason", "returned_at", "number")
  values ($, $, $, $, $, $, $, $);

insert into "return_note_line" ("chain_id", "buyer_id", "seller_id", "return_note_id", "order_id", "order_line_no", "quantity", "lot", "line_no")
  values ($, $, $, $, $, $, $, $, $);

insert into "rights_request" ("chain_id", "id", "kind", "requester_id", "holder_id", "asked_by", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "sale_decision" ("chain_id", "owner_id", "name", "product_id", "industry_class", "tax_code", "class", "reason", "id", "edition", "decided_on", "recorded_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $);

insert into "seal" ("chain_id", "size", "root", "note", "verifier_key", "sealed_at")
  values ($, $, $, $, $, $);

insert into "seal_tile" ("chain_id", "level", "tile", "hashes", "root")
  values ($, $, $, $, $)
  on conflict do nothing;

insert into "seat" ("chain_id", "user_id", "party_id", "role", "given_at", "ended_at")
  values ($, $, $, $, $, $);

insert into "security_event" ("id", "kind", "user_id", "at_chain_id", "at_party_id", "happened_at", "agent", "address", "detail")
  values ($, $, $, $, $, $, $, $, $);

insert into "session" ("token_hash", "id", "user_id", "current_chain_id", "current_party_id", "agent", "address", "used_at", "created_at", "expires_at", "proved_at", "factor_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $);

insert into "shared_access" ("chain_id", "id", "owner_id", "reader_id", "user_id", "key_id", "operation", "record_count", "looked_at")
  values ($, $, $, $, $, $, $, $, $)
  on conflict do nothing;

insert into "shared_gtin" ("gtin", "shared_chain_id", "shared_owner_id", "shared_product_id", "shared_at")
  values ($, $, $, $, $)
  on conflict do nothing;

insert into "sharing_agreement" ("chain_id", "created_by", "id", "owner_id", "reader_id", "scope", "purpose", "valid_from", "valid_until", "revoked_at")
  values ($, $, $, $, $, $, $, $, $, $);

insert into "sign_in_budget" ("budget_hash", "tries", "next_at", "forget_at")
  values ($, $, $, $)
  on conflict ("budget_hash") do update
  set "tries" = case when sign_in_budget.forget_at <= $ then 1 else sign_in_budget.tries + 1 end, "forget_at" = case when sign_in_budget.forget_at <= $ then $ else sign_in_budget.forget_at end
  where "sign_in_budget"."next_at" <= $
  returning "tries";

insert into "sign_in_policy" ("chain_id", "party_id", "factor_from", "set_by", "set_at", "version")
  values ($, $, $, $, $, $)
  on conflict ("chain_id", "party_id") do update
  set "factor_from" = $, "set_by" = $, "set_at" = $, "version" = $
  where "sign_in_policy"."version" = $;

insert into "stock" ("owner_id", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "chain_id", "negative_event_id", "changed_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $)
  on conflict ("chain_id", "owner_id", "place_id", "product_id", "lot", "disposition", "unit") do update
  set "quantity" = stock.quantity + excluded.quantity, "best_before" = coalesce(stock.best_before, excluded.best_before), "negative_event_id" = coalesce(excluded.negative_event_id, stock.negative_event_id), "changed_at" = $;

insert into "stock_movement" ("chain_id", "owner_id", "recorded_at", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "stint", "at", "event_id", "step", "voided_by", "kind")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "stock_name" ("chain_id", "owner_id", "said_at", "name", "product_id", "product_name", "unit", "packing")
  values ($, $, $, $, $, $, $, $)
  on conflict ("chain_id", "owner_id", "name") do update
  set "product_id" = "excluded"."product_id", "product_name" = "excluded"."product_name", "unit" = "excluded"."unit", "packing" = "excluded"."packing", "said_at" = "excluded"."said_at";

insert into "subscription_event" ("chain_id", "subscription_id", "event_id", "owner_id", "state")
  values ($, $, $, $, $);

insert into "supply_agreement" ("chain_id", "agreed_at", "ended_at", "seller_id", "buyer_id", "currency", "valid_from", "payment_days", "inspection_days", "buyer_kind", "seller_size", "industry_norm", "quantity_tolerance_percent", "price_tolerance_percent", "id", "number", "valid_until", "late_rate_yearly", "prime_rate_yearly", "state", "proposed_by", "recorded_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "totp" ("user_id", "sealed_secret", "created_at", "confirmed_at", "last_step")
  values ($, $, $, $, $)
  on conflict ("user_id") do update
  set "sealed_secret" = $, "created_at" = $, "confirmed_at" = $, "last_step" = $
  where "totp"."confirmed_at" is null;

insert into "user_account" ("id", "login", "name", "password_hash", "password_due", "locale", "created_at", "disabled_at")
  values ($, $, $, $, $, $, $, $)
  on conflict ("login") do nothing;

insert into "user_chain" ("user_id", "seat_chain_id", "seat_party_id")
  values ($, $, $);

insert into "webhook" ("chain_id", "owner_id", "created_by", "sealed_secret", "previous_sealed_secret", "due_at", "lease_id", "lease_until", "id", "url", "description", "kinds", "state", "off_reason", "position", "failing_since", "rotated_at", "previous_until", "created_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "webhook_message" ("chain_id", "webhook_id", "owner_id", "id", "kind", "fact_id", "type", "position", "state", "attempts", "queued_at", "next_at", "last_at", "last_status", "last_error", "last_excerpt", "done_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $);

insert into "webhook_message" ("chain_id", "webhook_id", "owner_id", "id", "kind", "fact_id", "type", "position", "state", "attempts", "queued_at", "next_at", "last_at", "last_status", "last_error", "last_excerpt", "done_at")
  values ($, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $, $)
  on conflict ("chain_id", "id") do update
  set "state" = $, "attempts" = $, "queued_at" = "excluded"."queued_at", "next_at" = "excluded"."next_at", "done_at" = $;

insert into event (chain_id, id, capturer_id, parties, event_time, recorded_at, type, biz_step, disposition, body, capture_id, event_uri, event_hash, action, read_point, biz_location, declares_error, prefixes, movement, body_bytes) select $::uuid, u.id, $::uuid, u.parties::uuid[], u.event_time, $::timestamptz, u.type, u.biz_step, u.disposition, u.body::jsonb, u.capture_id, u.event_uri, u.event_hash, u.action, u.read_point, u.biz_location, u.declares_error, u.prefixes::jsonb, u.movement::jsonb, octet_length(u.body)
  from unnest($::uuid[], $::text[], $::timestamptz[], $::text[], $::text[], $::text[], $::text[], $::uuid[], $::text[], $::text[], $::text[], $::text[], $::text[], $::boolean[], $::text[], $::text[] ) as u(id, parties, event_time, type, biz_step, disposition, body, capture_id, event_uri, event_hash, action, read_point, biz_location, declares_error, prefixes, movement)
  on conflict do nothing
  returning id;

insert into event_item (chain_id, item, event_time, event_id, place, role, by_class, quantity, uom, capturer_id, parties) select $::uuid, u.item, u.event_time, u.event_id, u.place, u.role, u.by_class, u.quantity, u.uom, $::uuid, u.parties::uuid[]
  from unnest($::text[], $::timestamptz[], $::uuid[], $::integer[], $::text[], $::boolean[], $::numeric[], $::text[], $::text[] ) as u(item, event_time, event_id, place, role, by_class, quantity, uom, parties)
  on conflict do nothing;

insert into event_void (chain_id, event_id, by_event_id, capturer_id, parties, recorded_at) select o.chain_id, o.id, d.id, o.capturer_id, o.parties, $::timestamptz
  from event d join event o on o.chain_id = d.chain_id and o.event_uri = d.event_uri and o.capturer_id = d.capturer_id and not o.declares_error
  where d.chain_id = $::uuid and d.capturer_id = $::uuid and d.declares_error and d.event_uri = any($::text[])
  on conflict do nothing;

insert into seal_leaf (chain_id, position, leaf_hash) select $::uuid, $::bigint + l.at - 1, l.hash
  from unnest($::bytea[]) with ordinality as l(hash, at)
  on conflict do nothing;

insert into sealed_fact (chain_id, fact_id, position, sealed_at, parties) select f.chain_id, f.id, $::bigint + i.at - 1, $::timestamptz, f.parties
  from fact f join unnest($::uuid[]) with ordinality as i(id, at) on i.id = f.id
  where f.chain_id = $
  on conflict do nothing;

insert into stock (chain_id, owner_id, place_id, product_id, lot, disposition, unit, product_name, best_before, quantity, changed_at) select $::uuid, $::uuid, k.place_id, k.product_id, k.lot, k.disposition, k.unit, n.product_name, coalesce(n.best_before, (select o.best_before
  from stock o
  where o.chain_id = $::uuid and o.owner_id = $::uuid and o.place_id = k.place_id and o.product_id = k.product_id and o.lot = k.lot and o.lot <> '' and o.best_before is not null
  limit 1)), 0, $::timestamptz
  from (select *, row_number() over () as n
  from unnest( $::uuid[], $::uuid[], $::text[], $::text[], $::text[], $::integer[]) as k(place_id, product_id, lot, disposition, unit, stint)) k join unnest($::text[], $::date[]) with ordinality n(product_name, best_before, n) on n.n = k.n
  order by k.place_id, k.product_id, k.lot collate "C", k.disposition collate "C", k.unit collate "C"
  on conflict do nothing;

insert into stock_movement (chain_id, owner_id, place_id, product_id, lot, disposition, unit, stint, at, event_id, kind, quantity, product_name, best_before, step, voided_by, recorded_at) select $::uuid, $::uuid, k.place_id, k.product_id, k.lot, k.disposition, k.unit, k.stint, u.at, u.event_id, u.kind, u.quantity, k.product_name, u.best_before, u.step, u.voided_by, $::timestamptz
  from unnest($::integer[], $::timestamptz[], $::uuid[], $::text[], $::numeric[], $::date[], $::text[], $::uuid[]) u(n, at, event_id, kind, quantity, best_before, step, voided_by) join (select k.*, p.product_name
  from (select *, row_number() over () as n
  from unnest( $::uuid[], $::uuid[], $::text[], $::text[], $::text[], $::integer[]) as k(place_id, product_id, lot, disposition, unit, stint)) k join unnest($::text[]) with ordinality p(product_name, n) on p.n = k.n) k on k.n = u.n
  on conflict do nothing;

insert into stock_opening (chain_id, owner_id, place_id, stint, product_id, lot, disposition, unit, quantity, negative_event_id, opened_at) select chain_id, owner_id, place_id, $::integer, product_id, lot, disposition, unit, quantity, negative_event_id, $::timestamptz
  from stock
  where chain_id = $::uuid and owner_id = $::uuid and place_id = $::uuid and quantity <> 0
  on conflict do nothing
  returning 1 as n;

insert into stock_unknown (chain_id, owner_id, event_id, what, name, at, recorded_at) select $::uuid, $::uuid, u.event_id, u.what, u.name, u.at, $::timestamptz
  from unnest($::uuid[], $::text[], $::text[], $::timestamptz[]) as u(event_id, what, name, at)
  on conflict do nothing;

insert into subscription_event (chain_id, subscription_id, event_id, owner_id, state) select e.chain_id, $::uuid, e.id, $::uuid, 'passed'
  from event e
  where e.chain_id = $::uuid and e.id >= $::uuid and e.recorded_at <= $::timestamptz
  on conflict do nothing;

select "a"."collector_id" as "party", count("a"."id") as "collections", count(distinct "a"."form_id") as "forms", sum("a"."item_count") as "items"
  from "collection_ask" as "a"
  where "a"."chain_id" = $ and "a"."owner_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $
  group by "a"."collector_id"
  order by "a"."collector_id"
  limit $;

select "a"."form_id", count("r"."id") as "reports", percentile_disc(0.5) within group (order by r.minutes) as "median"
  from "collection_ask" as "a"
  inner join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."ask_id" = "a"."id"
  where "a"."chain_id" = $ and "a"."collector_id" = $ and "r"."chain_id" = $ and "r"."number" = $ and "r"."minutes" is not null and "a"."form_id" in ($, …)
  group by "a"."form_id";

select "a"."form_id", count(distinct "a"."collection_id") as "collections", count(distinct "a"."owner_id") as "firms", count(distinct "a"."owner_id") filter(where "a"."report_id" is not null) as "reported", max("a"."period") as "last_period"
  from "collection_ask" as "a"
  where "a"."chain_id" = $ and "a"."collector_id" = $ and "a"."form_id" in ($, …)
  group by "a"."form_id";

select "a"."form_version_id", "r"."answers"
  from "collection_ask" as "a"
  inner join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."id" = "a"."report_id"
  where "a"."chain_id" = $ and "r"."chain_id" = $ and "a"."owner_id" = $ and "a"."form_id" = $ and "a"."period" = $;

select "a"."id", "a"."collection_id", "a"."collector_id", "a"."owner_id", "a"."form_id", "a"."form_version_id", "a"."period", "a"."due_on", "a"."asked_on", "a"."item_count", "a"."collection_state", "a"."state", "a"."report_id", "a"."accepted_id", "a"."first_submitted_on", "a"."reminders", "a"."reminded_on", "v"."name_zh", "v"."name_en", "v"."version" as "form_version"
  from "collection_ask" as "a"
  inner join "form_version" as "v" on "v"."chain_id" = "a"."chain_id" and "v"."id" = "a"."form_version_id"
  where "a"."chain_id" = $ and "v"."chain_id" = $ and "a"."collection_id" = $ and "a"."collector_id" = $ and "a"."id" > $
  order by "a"."id"
  limit $;

select "a"."id", "a"."collection_id", "a"."collector_id", "a"."owner_id", "a"."form_id", "a"."form_version_id", "a"."period", "a"."due_on", "a"."asked_on", "a"."item_count", "a"."collection_state", "a"."state", "a"."report_id", "a"."accepted_id", "a"."first_submitted_on", "a"."reminders", "a"."reminded_on", "v"."name_zh", "v"."name_en", "v"."version" as "form_version"
  from "collection_ask" as "a"
  inner join "form_version" as "v" on "v"."chain_id" = "a"."chain_id" and "v"."id" = "a"."form_version_id"
  where "a"."chain_id" = $ and "v"."chain_id" = $ and "a"."collection_id" = $ and "a"."collector_id" = $
  order by "a"."id"
  limit $;

select "a"."id", "a"."collection_id", "a"."collector_id", "a"."owner_id", "a"."form_id", "a"."form_version_id", "a"."period", "a"."due_on", "a"."asked_on", "a"."item_count", "a"."collection_state", "a"."state", "a"."report_id", "a"."accepted_id", "a"."first_submitted_on", "a"."reminders", "a"."reminded_on", "v"."name_zh", "v"."name_en", "v"."version" as "form_version"
  from "collection_ask" as "a"
  inner join "form_version" as "v" on "v"."chain_id" = "a"."chain_id" and "v"."id" = "a"."form_version_id"
  where "a"."chain_id" = $ and "v"."chain_id" = $ and "a"."id" = $;

select "a"."id", "a"."collection_id", "a"."collector_id", "a"."owner_id", "a"."form_id", "a"."form_version_id", "a"."period", "a"."due_on", "a"."asked_on", "a"."item_count", "a"."collection_state", "a"."state", "a"."report_id", "a"."accepted_id", "a"."first_submitted_on", "a"."reminders", "a"."reminded_on", "v"."name_zh", "v"."name_en", "v"."version" as "form_version"
  from "collection_ask" as "a"
  inner join "form_version" as "v" on "v"."chain_id" = "a"."chain_id" and "v"."id" = "a"."form_version_id"
  where "a"."chain_id" = $ and "v"."chain_id" = $ and "a"."owner_id" = $ and ("a"."due_on" < $ or ("a"."due_on" = $ and "a"."id" < $))
  order by "a"."due_on" desc, "a"."id" desc
  limit $;

select "a"."id", "a"."collection_id", "a"."collector_id", "a"."owner_id", "a"."form_id", "a"."form_version_id", "a"."period", "a"."due_on", "a"."asked_on", "a"."item_count", "a"."collection_state", "a"."state", "a"."report_id", "a"."accepted_id", "a"."first_submitted_on", "a"."reminders", "a"."reminded_on", "v"."name_zh", "v"."name_en", "v"."version" as "form_version"
  from "collection_ask" as "a"
  inner join "form_version" as "v" on "v"."chain_id" = "a"."chain_id" and "v"."id" = "a"."form_version_id"
  where "a"."chain_id" = $ and "v"."chain_id" = $ and "a"."owner_id" = $
  order by "a"."due_on" desc, "a"."id" desc
  limit $;

select "a"."id", "a"."collection_id", "a"."collector_id", "a"."owner_id", "a"."form_id", "a"."form_version_id", "a"."period", "a"."due_on", "a"."asked_on", "a"."item_count", "a"."collection_state", "a"."state", "a"."report_id", "a"."accepted_id", "a"."first_submitted_on", "a"."reminders", "a"."reminded_on", "v"."name_zh", "v"."name_en", "v"."version" as "form_version"
  from "collection_ask" as "a"
  inner join "form_version" as "v" on "v"."chain_id" = "a"."chain_id" and "v"."id" = "a"."form_version_id"
  where "a"."chain_id" = $ and "v"."chain_id" = $ and "a"."state" = $ and "a"."owner_id" = $
  order by "a"."due_on" desc, "a"."id" desc
  limit $;

select "a"."id", "a"."collection_id", "a"."collector_id", "a"."owner_id", "a"."form_id", "a"."form_version_id", "a"."period", "a"."due_on", "a"."asked_on", "a"."item_count", "a"."collection_state", "a"."state", "a"."report_id", "a"."accepted_id", "a"."first_submitted_on", "a"."reminders", "a"."reminded_on", "v"."name_zh", "v"."name_en", "v"."version" as "form_version"
  from "collection_ask" as "a"
  inner join "form_version" as "v" on "v"."chain_id" = "a"."chain_id" and "v"."id" = "a"."form_version_id"
  where "a"."chain_id" = $ and "v"."chain_id" = $ and "a"."state" in ($, …) and "a"."accepted_id" is null and "a"."due_on" < $ and "a"."collection_id" = $ and "a"."collector_id" = $
  order by "a"."id"
  limit $;

select "a"."id", "a"."collection_id", "a"."collector_id", "a"."owner_id", "a"."form_id", "a"."form_version_id", "a"."period", "a"."due_on", "a"."asked_on", "a"."item_count", "a"."collection_state", "a"."state", "a"."report_id", "a"."accepted_id", "a"."first_submitted_on", "a"."reminders", "a"."reminded_on", "v"."name_zh", "v"."name_en", "v"."version" as "form_version"
  from "collection_ask" as "a"
  inner join "form_version" as "v" on "v"."chain_id" = "a"."chain_id" and "v"."id" = "a"."form_version_id"
  where "a"."chain_id" = $ and "v"."chain_id" = $ and "a"."state" in ($, …) and "a"."accepted_id" is null and "a"."due_on" < $ and "a"."owner_id" = $
  order by "a"."due_on" desc, "a"."id" desc
  limit $;

select "a"."id", "a"."collector_id", "a"."form_version_id", "a"."period"
  from "collection_ask" as "a"
  where "a"."chain_id" = $ and "a"."owner_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $
  order by "a"."id"
  limit $;

select "a"."id", "a"."collector_id", "a"."form_version_id", "r"."id" as "report_id", "r"."answers"
  from "collection_ask" as "a"
  left join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."id" = "a"."report_id"
  where "a"."chain_id" = $ and "a"."owner_id" = $ and "a"."period" = $ and "a"."form_id" != $
  order by "a"."id"
  limit $;

select "a"."owner_id" as "party", count("a"."id") as "collections", count(distinct "a"."form_id") as "forms", sum("a"."item_count") as "items"
  from "collection_ask" as "a"
  where "a"."chain_id" = $ and "a"."collector_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $ and "a"."owner_id" > $
  group by "a"."owner_id"
  order by "a"."owner_id"
  limit $;

select "a"."owner_id" as "party", count("a"."id") as "collections", count(distinct "a"."form_id") as "forms", sum("a"."item_count") as "items"
  from "collection_ask" as "a"
  where "a"."chain_id" = $ and "a"."collector_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $
  group by "a"."owner_id"
  order by "a"."owner_id"
  limit $;

select "a"."unit", "r"."industry_class", "r"."size", "r"."region_code", "r"."answers"
  from "collection_ask" as "a"
  inner join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."ask_id" = "a"."id"
  inner join "report_ruling" as "g" on "g"."chain_id" = "r"."chain_id" and "g"."report_id" = "r"."id"
  where "a"."chain_id" = $ and "r"."chain_id" = $ and "g"."chain_id" = $ and "a"."owner_id" = $ and "a"."collection_id" = $ and "g"."ruling" = $ and "g"."ruled_at" <= $
  order by "r"."number" desc
  limit $;

select "a"."unit", "r"."industry_class", "r"."size", "r"."region_code", "r"."answers"
  from "collection_ask" as "a"
  inner join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."id" = "a"."accepted_id"
  where "a"."chain_id" = $ and "r"."chain_id" = $ and "a"."collection_id" = $ and "a"."collector_id" = $
  order by "a"."unit"
  limit $;

select "account_code"
  from "account_balance"
  where "chain_id" = $ and "owner_id" = $ and "counterparty_id" = $ and "account_code" = $ and "currency" = $ for update;

select "ask_id", "state", "version", "answers", "evidence", "notes", "minutes", "corrects_id", "reason", "handed_by", "changed_at"
  from "report_draft"
  where "chain_id" = $ and "ask_id" = $ and "owner_id" = $;

select "ask_id", "state", "version", "answers", "evidence", "notes", "minutes", "corrects_id", "reason", "handed_by", "changed_at"
  from "report_draft"
  where "chain_id" = $ and "ask_id" = $ and "owner_id" = $ for update;

select "b"."account_code", "b"."counterparty_id", "b"."currency", "b"."debit_minor", "b"."credit_minor", "p"."name_zh", "p"."name_en"
  from "account_balance" as "b"
  inner join "party" as "p" on "p"."id" = "b"."counterparty_id"
  where "b"."chain_id" = $ and "b"."owner_id" = $ and "b"."account_code" = $
  order by "b"."account_code", "b"."counterparty_id", "b"."currency"
  limit $;

select "b"."account_code", "b"."counterparty_id", "b"."currency", "b"."debit_minor", "b"."credit_minor", "p"."name_zh", "p"."name_en"
  from "account_balance" as "b"
  inner join "party" as "p" on "p"."id" = "b"."counterparty_id"
  where "b"."chain_id" = $ and "b"."owner_id" = $ and "b"."counterparty_id" = $
  order by "b"."account_code", "b"."counterparty_id", "b"."currency"
  limit $;

select "b"."account_code", "b"."counterparty_id", "b"."currency", "b"."debit_minor", "b"."credit_minor", "p"."name_zh", "p"."name_en"
  from "account_balance" as "b"
  inner join "party" as "p" on "p"."id" = "b"."counterparty_id"
  where "b"."chain_id" = $ and "b"."owner_id" = $ and ("b"."account_code", "b"."counterparty_id", "b"."currency") > ($, $, $)
  order by "b"."account_code", "b"."counterparty_id", "b"."currency"
  limit $;

select "b"."account_code", "b"."counterparty_id", "b"."currency", "b"."debit_minor", "b"."credit_minor", "p"."name_zh", "p"."name_en"
  from "account_balance" as "b"
  inner join "party" as "p" on "p"."id" = "b"."counterparty_id"
  where "b"."chain_id" = $ and "b"."owner_id" = $
  order by "b"."account_code", "b"."counterparty_id", "b"."currency"
  limit $;

select "b"."collection_id", count(*) as "parties"
  from "collection_ask" as "a"
  inner join "collection_ask" as "b" on "b"."chain_id" = "a"."chain_id" and "b"."owner_id" = "a"."owner_id"
  where "a"."chain_id" = $ and "b"."chain_id" = $ and "a"."collection_id" = $ and "b"."collection_id" in ($, …)
  group by "b"."collection_id";

select "bytes", "media_type", "name", "erased_at"
  from "file"
  where "chain_id" = $ and "id" = $;

select "c"."id" as "chain", "c"."zone", "s"."seat_party_id" as "party"
  from "user_chain" as "s"
  inner join "chain" as "c" on "c"."id" = "s"."seat_chain_id"
  where "s"."user_id" = $;

select "c"."id" as "chain_id", "c"."slug" as "chain_slug", "c"."name_zh" as "chain_zh", "c"."name_en" as "chain_en", "p"."id" as "party_id", "p"."name_zh" as "party_zh", "p"."name_en" as "party_en"
  from "user_chain" as "s"
  inner join "chain" as "c" on "c"."id" = "s"."seat_chain_id"
  inner join "party" as "p" on "p"."id" = "s"."seat_party_id"
  where "s"."user_id" = $
  order by "c"."slug", "p"."name_zh", "p"."id"
  limit $;

select "c"."id", "c"."collector_id", "c"."form_id", "c"."form_version_id", "c"."period", "c"."due_on", "c"."state", "c"."version", "c"."opened_at", "c"."changed_at", "v"."name_zh", "v"."name_en"
  from "collection" as "c"
  inner join "form_version" as "v" on "v"."chain_id" = "c"."chain_id" and "v"."id" = "c"."form_version_id"
  where "c"."chain_id" = $ and "v"."chain_id" = $ and "c"."collector_id" = $ and "c"."form_id" = $
  order by "c"."id" desc
  limit $;

select "c"."id", "c"."collector_id", "c"."form_id", "c"."form_version_id", "c"."period", "c"."due_on", "c"."state", "c"."version", "c"."opened_at", "c"."changed_at", "v"."name_zh", "v"."name_en"
  from "collection" as "c"
  inner join "form_version" as "v" on "v"."chain_id" = "c"."chain_id" and "v"."id" = "c"."form_version_id"
  where "c"."chain_id" = $ and "v"."chain_id" = $ and "c"."collector_id" = $ and "c"."id" < $
  order by "c"."id" desc
  limit $;

select "c"."id", "c"."collector_id", "c"."form_id", "c"."form_version_id", "c"."period", "c"."due_on", "c"."state", "c"."version", "c"."opened_at", "c"."changed_at", "v"."name_zh", "v"."name_en"
  from "collection" as "c"
  inner join "form_version" as "v" on "v"."chain_id" = "c"."chain_id" and "v"."id" = "c"."form_version_id"
  where "c"."chain_id" = $ and "v"."chain_id" = $ and "c"."collector_id" = $ and "c"."id" = $;

select "c"."id", "c"."collector_id", "c"."form_id", "c"."form_version_id", "c"."period", "c"."due_on", "c"."state", "c"."version", "c"."opened_at", "c"."changed_at", "v"."name_zh", "v"."name_en"
  from "collection" as "c"
  inner join "form_version" as "v" on "v"."chain_id" = "c"."chain_id" and "v"."id" = "c"."form_version_id"
  where "c"."chain_id" = $ and "v"."chain_id" = $ and "c"."collector_id" = $
  order by "c"."id" desc
  limit $;

select "c"."id", "c"."form_id", "c"."form_version_id", "c"."period", "c"."state", "v"."name_zh", "v"."name_en", "v"."items"
  from "collection" as "c"
  inner join "form_version" as "v" on "v"."chain_id" = "c"."chain_id" and "v"."id" = "c"."form_version_id"
  where "c"."chain_id" = $ and "v"."chain_id" = $ and "c"."id" = $ and "c"."collector_id" = $;

select "c"."name_zh" as "chain_zh", "c"."name_en" as "chain_en", "p"."name_zh" as "party_zh", "p"."name_en" as "party_en"
  from "user_chain" as "s"
  inner join "chain" as "c" on "c"."id" = "s"."seat_chain_id"
  inner join "party" as "p" on "p"."id" = "s"."seat_party_id"
  where "s"."user_id" = $
  limit $;

select "chain_id", "id", "type", "subject_id", "party_id", "user_id", "key_id", "parties", "occurred_at", "recorded_at", "corrects_id", "body"
  from "fact"
  where "chain_id" = $ and "id" in ($, …)
  order by "id";

select "children"
  from "master_data"
  where "chain_id" = $ and item = any($::text[])
  limit $;

select "code"
  from "account"
  where "chain_id" = $ and "owner_id" = $ and "code" in ($, …);

select "code", "parent_code", "name_zh", "name_en"
  from "account"
  where "chain_id" = $ and "owner_id" = $
  order by "code"
  limit $;

select "code_hash"
  from "recovery_code"
  where "user_id" = $ and "used_at" is null
  limit $;

select "collection_id", "item"
  from "release"
  where "chain_id" = $ and "id" = $;

select "confirmed_at"
  from "totp"
  where "user_id" = $;

select "created_at", "expires_at", "proved_at", "factor_at"
  from "session"
  where "token_hash" = $;

select "created_by"
  from "api_key"
  where "chain_id" = $ and "id" = $;

select "credential_id" as "id", "transports"
  from "passkey"
  where "user_id" = $
  limit $;

select "credential_id", "user_id", "name", "public_key", "counter", "transports"
  from "passkey"
  where "credential_id" = $;

select "credit_note_id", "number", "amount_minor", "credited_on"
  from "receivable_credit"
  where "chain_id" = $ and "receivable_id" = $
  order by "credit_note_id";

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."buyer_id" = $ and "d"."state" = $
  order by "d"."id" desc
  limit $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."buyer_id" = $
  order by "d"."id" desc
  limit $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."carrier_id" = $
  order by "d"."id" desc
  limit $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."id" < $
  order by "d"."id" desc
  limit $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."id" = $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."id" in (select "despatch_id"
  from "despatch_line"
  where "chain_id" = $ and "sscc" = $)
  order by "d"."id" desc
  limit $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."number" = $
  order by "d"."id" desc
  limit $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."order_id" = $
  order by "d"."id"
  limit $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."seller_id" = $
  order by "d"."id" desc
  limit $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $ and "d"."state" = $
  order by "d"."id" desc
  limit $;

select "d"."id", "d"."number", "d"."order_id", "o"."number" as "order_number", "d"."state", "d"."despatched_at", "d"."expected_on", "d"."received_at", "d"."vehicle", "d"."from_place_id", "d"."to_place_id", "d"."note", "d"."seller_id", "d"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "d"."carrier_id", "c"."name_zh" as "carrier_zh", "c"."name_en" as "carrier_en"
  from "despatch" as "d"
  inner join "party" as "s" on "s"."id" = "d"."seller_id"
  inner join "party" as "b" on "b"."id" = "d"."buyer_id"
  left join "party" as "c" on "c"."id" = "d"."carrier_id"
  left join "purchase_order" as "o" on "o"."chain_id" = "d"."chain_id" and "o"."id" = "d"."order_id"
  where "d"."chain_id" = $
  order by "d"."id" desc
  limit $;

select "document_source"."bytes", "document"."file_name"
  from "document_source"
  inner join "document" on "document"."chain_id" = "document_source"."chain_id" and "document"."id" = "document_source"."document_id"
  where "document_source"."chain_id" = $ and "document"."chain_id" = $ and "document_source"."document_id" = $;

select "e"."id", "e"."kind", "e"."happened_at", "e"."user_id", "e"."agent", "e"."address", "e"."detail"
  from "security_event" as "e"
  where "e"."happened_at" > $ and "e"."user_id" = $
  order by "e"."happened_at" desc, "e"."id" desc
  limit $;

select "e"."id", "e"."kind", "e"."happened_at", "e"."user_id", "e"."agent", "e"."address", "e"."detail"
  from "security_event" as "e"
  where "e"."happened_at" > $ and ("e"."happened_at" < $ or ("e"."happened_at" = $ and "e"."id" < $)) and "e"."user_id" = $
  order by "e"."happened_at" desc, "e"."id" desc
  limit $;

select "e"."id", "e"."kind", "e"."happened_at", "e"."user_id", "e"."agent", "e"."address", "e"."detail", "u"."name"
  from "security_event" as "e"
  left join "user_account" as "u" on "u"."id" = "e"."user_id"
  where "e"."happened_at" > $ and "e"."at_chain_id" = $ and "e"."at_party_id" = $
  order by "e"."happened_at" desc, "e"."id" desc
  limit $;

select "e"."id", "e"."kind", "e"."happened_at", "e"."user_id", "e"."agent", "e"."address", "e"."detail", "u"."name"
  from "security_event" as "e"
  left join "user_account" as "u" on "u"."id" = "e"."user_id"
  where "e"."happened_at" > $ and ("e"."happened_at" < $ or ("e"."happened_at" = $ and "e"."id" < $)) and "e"."at_chain_id" = $ and "e"."at_party_id" = $
  order by "e"."happened_at" desc, "e"."id" desc
  limit $;

select "entry_id", "account_code", "currency", "amount_minor"
  from "entry_line"
  where "chain_id" = $ and "entry_id" in ($, …)
  order by "entry_id", "line_no";

select "erased_at"
  from "file"
  where "chain_id" = $ and "id" = $;

select "event_id"
  from "subscription_event"
  where "chain_id" = $ and "subscription_id" = $ and "state" = $
  order by "event_id"
  limit $;

select "event_uri", "event_hash", "declares_error", "movement"
  from "event"
  where "chain_id" = $ and "capturer_id" = $ and event_uri = any($::text[]);

select "f"."id"
  from "fact" as "f"
  where "f"."chain_id" = $ and "f"."id" > $ and not exists (select "s"."fact_id"
  from "sealed_fact" as "s"
  where "s"."chain_id" = "f"."chain_id" and "s"."fact_id" = "f"."id")
  order by "f"."id"
  limit $;

select "f"."id"
  from "fact" as "f"
  where "f"."chain_id" = $ and not exists (select "s"."fact_id"
  from "sealed_fact" as "s"
  where "s"."chain_id" = "f"."chain_id" and "s"."fact_id" = "f"."id")
  order by "f"."id"
  limit $;

select "f"."id", "f"."owner_id", "f"."code", "f"."name_zh", "f"."name_en", "f"."period_kind", "f"."version", "f"."version_id", "f"."changed_at", jsonb_array_length(v.items) as "item_count"
  from "form" as "f"
  inner join "form_version" as "v" on "v"."chain_id" = "f"."chain_id" and "v"."id" = "f"."version_id"
  where "f"."chain_id" = $ and "v"."chain_id" = $ and "f"."id" < $
  order by "f"."id" desc
  limit $;

select "f"."id", "f"."owner_id", "f"."code", "f"."name_zh", "f"."name_en", "f"."period_kind", "f"."version", "f"."version_id", "f"."changed_at", jsonb_array_length(v.items) as "item_count"
  from "form" as "f"
  inner join "form_version" as "v" on "v"."chain_id" = "f"."chain_id" and "v"."id" = "f"."version_id"
  where "f"."chain_id" = $ and "v"."chain_id" = $
  order by "f"."id" desc
  limit $;

select "f"."id", "f"."owner_id", "f"."code", "f"."period_kind", "f"."version" as "newest_version", "v"."id" as "version_id", "v"."version", "v"."name_zh", "v"."name_en", "v"."levels", "v"."asks_per_year", "v"."approval", "v"."items", "v"."rules", "v"."defined_at"
  from "form_version" as "v"
  inner join "form" as "f" on "f"."chain_id" = "v"."chain_id" and "f"."id" = "v"."form_id"
  where "v"."chain_id" = $ and "f"."chain_id" = $ and "f"."id" = $ and "v"."id" = "f"."version_id";

select "f"."id", "f"."owner_id", "f"."code", "f"."period_kind", "f"."version" as "newest_version", "v"."id" as "version_id", "v"."version", "v"."name_zh", "v"."name_en", "v"."levels", "v"."asks_per_year", "v"."approval", "v"."items", "v"."rules", "v"."defined_at"
  from "form_version" as "v"
  inner join "form" as "f" on "f"."chain_id" = "v"."chain_id" and "f"."id" = "v"."form_id"
  where "v"."chain_id" = $ and "f"."chain_id" = $ and "f"."id" = $ and "v"."version" = $;

select "f"."id", "f"."owner_id", "f"."code", "f"."period_kind", "f"."version" as "newest_version", "v"."id" as "version_id", "v"."version", "v"."name_zh", "v"."name_en", "v"."levels", "v"."asks_per_year", "v"."approval", "v"."items", "v"."rules", "v"."defined_at"
  from "form_version" as "v"
  inner join "form" as "f" on "f"."chain_id" = "v"."chain_id" and "f"."id" = "v"."form_id"
  where "v"."chain_id" = $ and "f"."chain_id" = $ and "v"."id" = $;

select "f"."id", "f"."owner_id", "f"."name_zh", "f"."name_en", "f"."period_kind", "v"."items"
  from "form" as "f"
  inner join "form_version" as "v" on "v"."chain_id" = "f"."chain_id" and "v"."id" = "f"."version_id"
  where "f"."chain_id" = $ and "v"."chain_id" = $ and "f"."id" != $
  order by "f"."id" desc
  limit $;

select "f"."id", "f"."type", "f"."subject_id", "f"."party_id", "f"."user_id", "f"."occurred_at", "f"."recorded_at", "f"."corrects_id", "f"."body", "s"."sealed_at", "s"."position" as "sealed_position"
  from "fact" as "f"
  left join "sealed_fact" as "s" on "s"."chain_id" = "f"."chain_id" and "s"."fact_id" = "f"."id"
  where "f"."chain_id" = $ and "f"."id" < $
  order by "f"."id" desc
  limit $;

select "f"."id", "f"."type", "f"."subject_id", "f"."party_id", "f"."user_id", "f"."occurred_at", "f"."recorded_at", "f"."corrects_id", "f"."body", "s"."sealed_at", "s"."position" as "sealed_position"
  from "fact" as "f"
  left join "sealed_fact" as "s" on "s"."chain_id" = "f"."chain_id" and "s"."fact_id" = "f"."id"
  where "f"."chain_id" = $ and "f"."id" = $;

select "f"."id", "f"."type", "f"."subject_id", "f"."party_id", "f"."user_id", "f"."occurred_at", "f"."recorded_at", "f"."corrects_id", "f"."body", "s"."sealed_at", "s"."position" as "sealed_position"
  from "fact" as "f"
  left join "sealed_fact" as "s" on "s"."chain_id" = "f"."chain_id" and "s"."fact_id" = "f"."id"
  where "f"."chain_id" = $ and "f"."subject_id" = $
  order by "f"."id" desc
  limit $;

select "f"."id", "f"."type", "f"."subject_id", "f"."party_id", "f"."user_id", "f"."occurred_at", "f"."recorded_at", "f"."corrects_id", "f"."body", "s"."sealed_at", "s"."position" as "sealed_position"
  from "fact" as "f"
  left join "sealed_fact" as "s" on "s"."chain_id" = "f"."chain_id" and "s"."fact_id" = "f"."id"
  where "f"."chain_id" = $
  order by "f"."id" desc
  limit $;

select "g"."shared_chain_id" as "chain", "c"."zone", "g"."shared_owner_id" as "party", "g"."shared_product_id" as "product_id"
  from "shared_gtin" as "g"
  inner join "chain" as "c" on "c"."id" = "g"."shared_chain_id"
  where "g"."gtin" = $;

select "gtin", "is_shared", "parts", "place_detail", "links", "changed_at"
  from "consumer_page"
  where "chain_id" = $ and "product_id" = $ and "owner_id" = $;

select "hashes"
  from "seal_tile"
  where "chain_id" = $ and "level" = $ and "tile" = $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $ and "i"."buyer_id" = $
  order by "i"."id" desc
  limit $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $ and "i"."id" < $
  order by "i"."id" desc
  limit $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $ and "i"."id" = $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $ and "i"."kind" = $
  order by "i"."id" desc
  limit $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $ and "i"."match" = $
  order by "i"."id" desc
  limit $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $ and "i"."number" = $
  order by "i"."id" desc
  limit $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $ and "i"."order_id" = $
  order by "i"."id"
  limit $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $ and "i"."seller_id" = $
  order by "i"."id" desc
  limit $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $ and ("i"."buyer_id" = $ or "i"."seller_id" = $)
  order by "i"."id" desc
  limit $;

select "i"."id", "i"."kind", "i"."number", "i"."order_id", "i"."corrects_id", "i"."issued_on", "i"."currency", "i"."net_minor", "i"."tax_minor", "i"."total_minor", "i"."match", "i"."disputed_minor", "i"."recorded_at", "i"."seller_id", "i"."buyer_id", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "invoice" as "i"
  inner join "party" as "s" on "s"."id" = "i"."seller_id"
  inner join "party" as "b" on "b"."id" = "i"."buyer_id"
  where "i"."chain_id" = $
  order by "i"."id" desc
  limit $;

select "id"
  from "chain"
  order by "id"
  limit $;

select "id"
  from "chain"
  where "id" > $
  order by "id"
  limit $;

select "id"
  from "collection_ask"
  where "chain_id" = $ and "id" = $ and "collector_id" = $ for update;

select "id"
  from "collection_ask"
  where "chain_id" = $ and "id" = $ and "owner_id" = $ for update;

select "id"
  from "entry"
  where "chain_id" = $ and "reverses_id" = $;

select "id"
  from "event"
  where "chain_id" = $ and id = any($::uuid[]) and $ = any("parties");

select "id"
  from "invoice"
  where "chain_id" = $ and "id" = $ for update;

select "id"
  from "party"
  where "uscc" = $;

select "id"
  from "passkey"
  where "user_id" = $
  limit $;

select "id"
  from "purchase_order"
  where "chain_id" = $ and "buyer_id" = $ and "number" = $;

select "id"
  from "query_subscription"
  where "chain_id" = $ and "owner_id" = $ and "dest" is null and "lease_until" <= $
  limit $;

select "id"
  from "receivable"
  where "chain_id" = $ and "seller_id" = $ and "due_on" < $ and "late_rate_daily" > $ and ("open_minor" > $ or "settled_on" > "due_on") and ("interest_accrued_to" is null or "interest_accrued_to" < least(coalesce(settled_on, $), $))
  order by "due_on", "id"
  limit $;

select "id"
  from "user_account"
  where "id" = $ and "disabled_at" is null;

select "id"
  from "user_account"
  where "id" = $ for update;

select "id"
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $ and "kind" = $ and "state" = $
  limit $;

select "id", "amount_minor", "state", "raised_on", "closed_on"
  from "receivable_dispute"
  where "chain_id" = $ and "receivable_id" = $
  order by "id";

select "id", "author_id", "author_name", "text", "written_at"
  from "order_message"
  where "chain_id" = $ and "order_id" = $
  order by "id"
  limit $;

select "id", "behaviour", "success", "events", "captured", "known", "errors", "created_at", "finished_at"
  from "capture"
  where "chain_id" = $ and "owner_id" = $
  order by "id" desc
  limit $;

select "id", "biz_step", "movement", "recorded_at"
  from "event"
  where "chain_id" = $ and "id" > $ and "movement" is not null
  order by "id"
  limit $;

select "id", "booked_on", "currency", "amount_minor", "reference"
  from "bank_statement_line"
  where "chain_id" = $ and "id" = $ and "owner_id" = $ and "payment_id" is null and "set_aside_at" is null for update;

select "id", "code", "collection_id", "item"
  from "release_series"
  where "chain_id" = $ and "owner_id" = $ and "code" = $ for update;

select "id", "code", "collection_id", "item"
  from "release_series"
  where "chain_id" = $ and "owner_id" = $ and "id" = $ for update;

select "id", "code", "version", "version_id", "period_kind"
  from "form"
  where "chain_id" = $ and "id" = $ and "owner_id" = $ for update;

select "id", "form_id", "form_version", "version", "changed_at", content ->> 'code' as "code", content -> 'name' as "name", jsonb_array_length(content -> 'items') as "item_count"
  from "form_draft"
  where "chain_id" = $ and "owner_id" = $ and "id" < $
  order by "id" desc
  limit $;

select "id", "form_id", "form_version", "version", "changed_at", content ->> 'code' as "code", content -> 'name' as "name", jsonb_array_length(content -> 'items') as "item_count"
  from "form_draft"
  where "chain_id" = $ and "owner_id" = $
  order by "id" desc
  limit $;

select "id", "form_id", "form_version", "version", "content", "begun_at", "changed_at"
  from "form_draft"
  where "chain_id" = $ and "owner_id" = $ and "form_id" = $;

select "id", "form_id", "form_version", "version", "content", "begun_at", "changed_at"
  from "form_draft"
  where "chain_id" = $ and "owner_id" = $ and "id" = $;

select "id", "form_id", "form_version", "version", "content", "begun_at", "changed_at"
  from "form_draft"
  where "chain_id" = $ and "owner_id" = $ and "id" = $ for update;

select "id", "form_id", "form_version_id"
  from "collection"
  where "chain_id" = $ and "collector_id" = $ and "period" = $ and "form_id" != $
  order by "id" desc
  limit $;

select "id", "gln", "owner_id"
  from "place"
  where "chain_id" = $ and ("id" = any($) or "gln" = any($))
  limit $;

select "id", "gln", "owner_id"
  from "place"
  where "chain_id" = $ and (id = any($::uuid[]) or gln = any($::text[]))
  limit $;

select "id", "industry_class", "edition", "as_of", "employees", "revenue_10k", "assets_10k", "described_at"
  from "firm_profile"
  where "chain_id" = $ and "owner_id" = $
  order by "id" desc
  limit $;

select "id", "invoice_id", "amount_minor", "reason", "state", "opened_at", "closed_at"
  from "dispute"
  where "chain_id" = $ and "id" = $ for update;

select "id", "invoice_id", "amount_minor", "reason", "state", "opened_at", "closed_at"
  from "dispute"
  where "chain_id" = $ and "invoice_id" = $
  order by "id"
  limit $;

select "id", "invoice_id", "amount_minor", "reason", "state", "opened_at", "closed_at"
  from "dispute"
  where "chain_id" = $ and "state" = $
  order by "id"
  limit $;

select "id", "issuer", "label", "created_at", "used_at"
  from "oidc_link"
  where "user_id" = $
  order by "created_at", "id"
  limit $;

select "id", "kind", "fact_id", "type", "position", "attempts", "next_at"
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $ and "state" = $ and "kind" = $
  order by "kind" desc, "position"
  limit $;

select "id", "kind", "fact_id", "type", "position", "attempts", "next_at"
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $ and "state" = $
  order by "kind" desc, "position"
  limit $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and "holder_id" = $ and "state" = $
  order by "asked_at" desc, "id" desc
  limit $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and "holder_id" = $ and ("state" = $ and ("kind" <> $ or "due_on" >= $))
  order by "asked_at" desc, "id" desc
  limit $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and "holder_id" = $
  order by "asked_at" desc, "id" desc
  limit $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and "id" = $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and "requester_id" = $
  order by "asked_at" desc, "id" desc
  limit $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and ("holder_id" = $ or "requester_id" = $) and "kind" = $
  order by "asked_at" desc, "id" desc
  limit $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and ("holder_id" = $ or "requester_id" = $) and "state" = $
  order by "asked_at" desc, "id" desc
  limit $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and ("holder_id" = $ or "requester_id" = $) and ("state" = $ and ("kind" <> $ or "due_on" >= $))
  order by "asked_at" desc, "id" desc
  limit $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and ("holder_id" = $ or "requester_id" = $) and ("state" = $ or ("state" = $ and ("kind" = $ and "due_on" < $)))
  order by "asked_at" desc, "id" desc
  limit $;

select "id", "kind", "requester_id", "holder_id", "fact_id", "file_id", "scope", "share_until", "statement", "state", "asked_at", "due_on", "answer", "answered_at", "agreement_id", "corrected_by", "note"
  from "rights_request"
  where "chain_id" = $ and ("holder_id" = $ or "requester_id" = $)
  order by "asked_at" desc, "id" desc
  limit $;

select "id", "login", "name"
  from "user_account"
  where "id" = $;

select "id", "login", "name", "created_at"
  from "user_account"
  where "id" = $;

select "id", "name", "created_at", "used_at"
  from "passkey"
  where "user_id" = $
  order by "created_at", "id"
  limit $;

select "id", "name", "product_id", "industry_class", "tax_code", "class", "edition", "reason", "decided_on", "recorded_at"
  from "sale_decision"
  where "chain_id" = $ and "owner_id" = $ and "id" < $
  order by "id" desc
  limit $;

select "id", "name", "product_id", "industry_class", "tax_code", "class", "edition", "reason", "decided_on", "recorded_at"
  from "sale_decision"
  where "chain_id" = $ and "owner_id" = $
  order by "id" desc
  limit $;

select "id", "name", "product_id", "industry_class", "tax_code", "class", "edition", "reason", "decided_on", "recorded_at"
  from "sale_decision"
  where "chain_id" = $ and "owner_id" = $
  order by "id"
  limit $;

select "id", "name", "scopes", "created_at", "expires_at", "used_at", "rotated_at", "previous_until", "revoked_at"
  from "api_key"
  where "chain_id" = $ and "party_id" = $
  order by "created_at" desc, "id" desc
  limit $;

select "id", "name", "scopes", "created_at", "expires_at", "used_at", "rotated_at", "previous_until", "revoked_at", "secret_hash"
  from "api_key"
  where "chain_id" = $ and "party_id" = $ and "id" = $ and "revoked_at" is null and ("expires_at" is null or "expires_at" > $) for update;

select "id", "name_zh", "name_en", "items"
  from "form_version"
  where "chain_id" = $ and "id" in ($, …);

select "id", "number", "despatch_id", "order_id", "received_at", "note"
  from "receipt"
  where "chain_id" = $ and "order_id" = $
  order by "id"
  limit $;

select "id", "number", "seller_id", "buyer_id", "currency", "net_minor", "tax_minor", "total_minor", "credited_minor", "paid_minor", "disputed_minor", "open_minor", "interest_minor", "interest_paid_minor", "revenue_account", "cost_account", "due_on", "late_rate_daily", "settled_on"
  from "receivable"
  where "chain_id" = $ and "id" in ($, …)
  order by "id" for update;

select "id", "number", "seller_id", "buyer_id", "currency", "open_minor", "disputed_minor"
  from "receivable"
  where "chain_id" = $ and ("seller_id" = $ or "buyer_id" = $) and "open_minor" > $
  order by "due_on", "id"
  limit $;

select "id", "number", "seller_id", "buyer_id", "currency", "valid_from", "valid_until", "payment_days", "inspection_days", "buyer_kind", "seller_size", "industry_norm", "late_rate_yearly", "prime_rate_yearly", "quantity_tolerance_percent", "price_tolerance_percent", "state", "proposed_by", "recorded_at"
  from "supply_agreement"
  where "chain_id" = $ and "id" = $;

select "id", "number", "seller_id", "buyer_id", "currency", "valid_from", "valid_until", "payment_days", "inspection_days", "buyer_kind", "seller_size", "industry_norm", "late_rate_yearly", "prime_rate_yearly", "quantity_tolerance_percent", "price_tolerance_percent", "state", "proposed_by", "recorded_at"
  from "supply_agreement"
  where "chain_id" = $ and "seller_id" = $ and "buyer_id" = $ and "state" = $ and "valid_from" <= $ and ("valid_until" is null or "valid_until" >= $)
  order by "valid_from" desc, "agreed_at" desc, "id" desc
  limit $;

select "id", "number", "seller_id", "buyer_id", "currency", "valid_from", "valid_until", "payment_days", "inspection_days", "buyer_kind", "seller_size", "industry_norm", "late_rate_yearly", "prime_rate_yearly", "quantity_tolerance_percent", "price_tolerance_percent", "state", "proposed_by", "recorded_at"
  from "supply_agreement"
  where "chain_id" = $
  order by "id" desc
  limit $;

select "id", "number", "title", "hazard", "first_sent_at", "closed_at"
  from "recall"
  where "chain_id" = $ and "id" = $ for update;

select "id", "number", "title", "hazard", "grade", "known_at", "opened_at", "first_sent_at", "closed_at", "outcome", "suspicion", "listed_as_of", "is_cut"
  from "recall"
  where "chain_id" = $ and "id" = $;

select "id", "number", "title", "hazard", "grade", "known_at", "opened_at", "first_sent_at", "closed_at", "outcome", (select count("n"."id") as "count"
  from "recall_notice" as "n"
  where "n"."chain_id" = $ and "n"."recall_id" = "recall"."id") as "notices", (select count("n"."answered_at") as "count"
  from "recall_notice" as "n"
  where "n"."chain_id" = $ and "n"."recall_id" = "recall"."id") as "answered"
  from "recall"
  where "recall"."chain_id" = $ and "closed_at" is not null
  order by "id" desc
  limit $;

select "id", "number", "title", "hazard", "grade", "known_at", "opened_at", "first_sent_at", "closed_at", "outcome", (select count("n"."id") as "count"
  from "recall_notice" as "n"
  where "n"."chain_id" = $ and "n"."recall_id" = "recall"."id") as "notices", (select count("n"."answered_at") as "count"
  from "recall_notice" as "n"
  where "n"."chain_id" = $ and "n"."recall_id" = "recall"."id") as "answered"
  from "recall"
  where "recall"."chain_id" = $ and "closed_at" is null
  order by "id" desc
  limit $;

select "id", "number", "title", "hazard", "grade", "known_at", "opened_at", "first_sent_at", "closed_at", "outcome", (select count("n"."id") as "count"
  from "recall_notice" as "n"
  where "n"."chain_id" = $ and "n"."recall_id" = "recall"."id") as "notices", (select count("n"."answered_at") as "count"
  from "recall_notice" as "n"
  where "n"."chain_id" = $ and "n"."recall_id" = "recall"."id") as "answered"
  from "recall"
  where "recall"."chain_id" = $
  order by "id" desc
  limit $;

select "id", "number", "title", "unit", "is_published", "withdrawn_at"
  from "release"
  where "chain_id" = $ and "series_id" = $ and "is_published" = $
  order by "number" desc
  limit $;

select "id", "number", "title", "unit", "is_published", "withdrawn_at"
  from "release"
  where "chain_id" = $ and "series_id" = $
  order by "number" desc
  limit $;

select "id", "open_minor", "disputed_minor"
  from "receivable"
  where "chain_id" = $ and "seller_id" = $ and "buyer_id" = $ and "currency" = $ and "open_minor" > $
  order by "due_on", "id"
  limit $;

select "id", "owner_id"
  from "query_subscription"
  where "chain_id" = $ and "due_at" <= $ and ("lease_until" is null or "lease_until" <= $)
  order by "due_at", "id"
  limit $;

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and "code" in ($, …)
  limit $;

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and "gtin" in ($, …)
  limit $;

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and "id" = $;

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and "id" = $ and "owner_id" = $ for update;

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and "id" in ($, …)
  limit $;

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and "owner_id" = $ and "code" in ($, …);

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and "owner_id" = $ and "id" in ($, …);

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and "owner_id" = $
  order by "owner_id", "code"
  limit $;

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and ("name_zh" ilike $ or "name_en" ilike $ or "code" ilike $ or "gtin" like $)
  order by "owner_id", "code"
  limit $;

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $ and ("owner_id" > $ or ("owner_id" = $ and "code" > $))
  order by "owner_id", "code"
  limit $;

select "id", "owner_id", "code", "gtin", "name_zh", "name_en", "unit", "shelf_life_days", "temperature_min_c", "temperature_max_c", "tax_code", "industry_class", "published", "changed_at"
  from "product"
  where "chain_id" = $
  order by "owner_id", "code"
  limit $;

select "id", "owner_id", "counterparty_id", "kind", "subject_id", "fact_id", "reverses_id", "booked_on", "memo", "recorded_at"
  from "entry"
  where "chain_id" = $ and "id" = $ and "owner_id" = $;

select "id", "owner_id", "counterparty_id", "kind", "subject_id", "fact_id", "reverses_id", "booked_on", "memo", "recorded_at"
  from "entry"
  where "chain_id" = $ and "owner_id" = $ and "booked_on" <= $
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "owner_id", "counterparty_id", "kind", "subject_id", "fact_id", "reverses_id", "booked_on", "memo", "recorded_at"
  from "entry"
  where "chain_id" = $ and "owner_id" = $ and "booked_on" >= $
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "owner_id", "counterparty_id", "kind", "subject_id", "fact_id", "reverses_id", "booked_on", "memo", "recorded_at"
  from "entry"
  where "chain_id" = $ and "owner_id" = $ and "counterparty_id" = $
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "owner_id", "counterparty_id", "kind", "subject_id", "fact_id", "reverses_id", "booked_on", "memo", "recorded_at"
  from "entry"
  where "chain_id" = $ and "owner_id" = $ and "subject_id" = $
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "owner_id", "counterparty_id", "kind", "subject_id", "fact_id", "reverses_id", "booked_on", "memo", "recorded_at"
  from "entry"
  where "chain_id" = $ and "owner_id" = $ and ("booked_on" < $ or ("booked_on" = $ and "id" < $))
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "owner_id", "counterparty_id", "kind", "subject_id", "fact_id", "reverses_id", "booked_on", "memo", "recorded_at"
  from "entry"
  where "chain_id" = $ and "owner_id" = $ and exists (select "l"."line_no"
  from "entry_line" as "l"
  where "l"."chain_id" = "entry"."chain_id" and "l"."entry_id" = "entry"."id" and "l"."chain_id" = $ and "l"."account_code" = $)
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "owner_id", "counterparty_id", "kind", "subject_id", "fact_id", "reverses_id", "booked_on", "memo", "recorded_at"
  from "entry"
  where "chain_id" = $ and "owner_id" = $
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "owner_id", "gln", "name_zh", "name_en", "kind", "lon", "lat", "address", "stock_kept_by", "stock_since"
  from "place"
  where "chain_id" = $ and "id" = $ and "owner_id" = $;

select "id", "owner_id", "gln", "name_zh", "name_en", "kind", "lon", "lat", "address", "stock_kept_by", "stock_since"
  from "place"
  where "chain_id" = $ and "id" > $
  order by "id"
  limit $;

select "id", "owner_id", "gln", "name_zh", "name_en", "kind", "lon", "lat", "address", "stock_kept_by", "stock_since"
  from "place"
  where "chain_id" = $ and "owner_id" = $ and ("id" = any($) or "gln" = any($))
  order by "id"
  limit $;

select "id", "owner_id", "gln", "name_zh", "name_en", "kind", "lon", "lat", "address", "stock_kept_by", "stock_since"
  from "place"
  where "chain_id" = $ and "owner_id" = $
  order by "id"
  limit $;

select "id", "owner_id", "gln", "name_zh", "name_en", "kind", "lon", "lat", "address", "stock_kept_by", "stock_since"
  from "place"
  where "chain_id" = $
  order by "id"
  limit $;

select "id", "owner_id", "reader_id", "scope", "purpose", "valid_from", "valid_until", "revoked_at"
  from "sharing_agreement"
  where "chain_id" = $
  order by "valid_from" desc, "id" desc
  limit $;

select "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "error_count", "subject_id", "replaces_id", "replaced_by_id"
  from "document"
  where "chain_id" = $ and "id" < $
  order by "id" desc
  limit $;

select "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "error_count", "subject_id", "replaces_id", "replaced_by_id"
  from "document"
  where "chain_id" = $ and "kind" = $
  order by "id" desc
  limit $;

select "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "error_count", "subject_id", "replaces_id", "replaced_by_id"
  from "document"
  where "chain_id" = $ and "owner_id" = $ and "state" = $
  order by "id" desc
  limit $;

select "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "error_count", "subject_id", "replaces_id", "replaced_by_id"
  from "document"
  where "chain_id" = $ and "owner_id" = $
  order by "id" desc
  limit $;

select "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "error_count", "subject_id", "replaces_id", "replaced_by_id"
  from "document"
  where "chain_id" = $ and "receiver_id" = $
  order by "id" desc
  limit $;

select "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "error_count", "subject_id", "replaces_id", "replaced_by_id"
  from "document"
  where "chain_id" = $ and "state" = $
  order by "id" desc
  limit $;

select "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "error_count", "subject_id", "replaces_id", "replaced_by_id"
  from "document"
  where "chain_id" = $
  order by "id" desc
  limit $;

select "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "error_count", "subject_id", "replaces_id", "replaced_by_id", "errors", "warnings", "body"
  from "document"
  where "chain_id" = $ and "id" = $;

select "id", "owner_id", "receiver_id", "kind", "format", "number", "state", "media_type", "file_name", "size_bytes", "received_at", "changed_at", "error_count", "subject_id", "replaces_id", "replaced_by_id", "errors", "warnings", "body"
  from "document"
  where "chain_id" = $ and "owner_id" = $ and "content_hash" = $;

select "id", "owner_id", "reminders"
  from "collection_ask"
  where "chain_id" = $ and "collection_id" = $ and "collector_id" = $ and "state" in ($, …) and "accepted_id" is null and ("reminded_on" is null or "reminded_on" < $)
  order by "id"
  limit $ for update;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $) and "id" < $
  order by "id" desc
  limit $;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $) and "id" = $ and "owner_id" = $ and "planned_at" <= $ and "is_published" = $ and "withdrawn_at" is null and "held_at" is null for update skip locked;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $) and "id" = $ and "owner_id" = $ for update;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $) and "is_published" = $ and ("published_at" < $ or ("published_at" = $ and "id" < $))
  order by "published_at" desc, "id" desc
  limit $;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $) and "is_published" = $
  order by "published_at" desc, "id" desc
  limit $;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $) and "owner_id" = $ and "is_published" = $ and "withdrawn_at" is null and "planned_at" <= $
  order by "id" desc
  limit $;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $) and "owner_id" = $ and "is_published" = $ and "withdrawn_at" is null
  order by "id" desc
  limit $;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $) and "series" = $
  order by "id" desc
  limit $;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $)
  order by "id" desc
  limit $;

select "id", "owner_id", "series", "number", "title", "unit", "reason", "drafted_at", "planned_at", "published_at", "withdrawn_at", "withdrawal_reason", "held_at", "held_because", "cells", "hash", "content"
  from "release"
  where "chain_id" = $ and ("owner_id" = $ or "is_published" = $) and "id" = $;

select "id", "party_id", "roles", "created_at", "expires_at", "accepted_at", "withdrawn_at"
  from "invitation"
  where "chain_id" = $ and "inviter_id" = $
  order by "created_at" desc, "id" desc
  limit $;

select "id", "password_hash"
  from "user_account"
  where "login" = $ and "disabled_at" is null;

select "id", "payer_id", "payee_id", "currency", "amount_minor", "allocated_minor", "paid_on", "reference", "remittance", "state"
  from "payment"
  where "chain_id" = $ and "id" = $ for update;

select "id", "product_id", "lots", "reason_zh", "reason_en", "action_zh", "action_en", "contact", "published_at", "withdrawn_at"
  from "consumer_warning"
  where "chain_id" = $ and "owner_id" = $ and "id" = $ for update;

select "id", "product_id", "lots", "reason_zh", "reason_en", "action_zh", "action_en", "contact", "published_at", "withdrawn_at"
  from "consumer_warning"
  where "chain_id" = $ and "owner_id" = $ and "product_id" = $ and "withdrawn_at" is null
  order by "id" desc
  limit $;

select "id", "product_id", "lots", "reason_zh", "reason_en", "action_zh", "action_en", "contact", "published_at", "withdrawn_at"
  from "consumer_warning"
  where "chain_id" = $ and "owner_id" = $ and "product_id" = $
  order by "id" desc
  limit $;

select "id", "product_id", "obligations"
  from "product_bundle"
  where "chain_id" = $ and "owner_id" = $
  order by "id"
  limit $;

select "id", "product_id", "unit", "price", "tax_rate", "quantity_min", "valid_from", "valid_until"
  from "price"
  where "chain_id" = $ and "agreement_id" = $ and "product_id" in ($, …) and "valid_from" <= $ and ("valid_until" is null or "valid_until" >= $)
  order by "valid_from" desc, "id" desc;

select "id", "product_id", "unit", "price", "tax_rate", "quantity_min", "valid_from", "valid_until"
  from "price"
  where "chain_id" = $ and "agreement_id" = $
  order by "valid_from" desc, "id" desc
  limit $;

select "id", "query_name", "dest", "epc_format", "initial_record_time", "report_if_empty", "schedule", "state", "off_reason", "position", "last_notified_at", "failing_since", "created_at"
  from "query_subscription"
  where "chain_id" = $ and "owner_id" = $ and "id" = $;

select "id", "query_name", "dest", "epc_format", "initial_record_time", "report_if_empty", "schedule", "state", "off_reason", "position", "last_notified_at", "failing_since", "created_at"
  from "query_subscription"
  where "chain_id" = $ and "owner_id" = $ and "query_name" = $;

select "id", "query_name", "dest", "epc_format", "initial_record_time", "report_if_empty", "schedule", "state", "off_reason", "position", "last_notified_at", "failing_since", "created_at"
  from "query_subscription"
  where "chain_id" = $ and "owner_id" = $ and "query_name" = $
  order by "id"
  limit $;

select "id", "query_name", "dest", "epc_format", "initial_record_time", "report_if_empty", "schedule", "state", "off_reason", "position", "last_notified_at", "failing_since", "created_at"
  from "query_subscription"
  where "chain_id" = $ and "owner_id" = $
  limit $;

select "id", "query_name", "dest", "epc_format", "initial_record_time", "report_if_empty", "schedule", "state", "off_reason", "position", "last_notified_at", "failing_since", "created_at"
  from "query_subscription"
  where "chain_id" = $ and "owner_id" = $
  order by "id"
  limit $;

select "id", "reader_id", "user_id", "operation", "record_count", "looked_at"
  from "shared_access"
  where "chain_id" = $ and "owner_id" = $ and "looked_at" > $ and "reader_id" = $
  order by "looked_at" desc, "id" desc
  limit $;

select "id", "reader_id", "user_id", "operation", "record_count", "looked_at"
  from "shared_access"
  where "chain_id" = $ and "owner_id" = $ and "looked_at" > $
  order by "looked_at" desc, "id" desc
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "closed_at" is not null
  order by "id" desc
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "closed_at" is null and "answered_at" is not null
  order by "id" desc
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "closed_at" is null and "answered_at" is null
  order by "id" desc
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "id" = $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "id" = $ for update;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "owner_id" = $ and "recall_id" = $
  order by "id" desc
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "owner_id" = $
  order by "id" desc
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "recall_id" = $ and "sent_at" is null
  order by "id"
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "recall_id" = $
  order by "id" desc
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "recall_id" = $
  order by "id"
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "shown_to_id" = $ and "closed_at" is null and "answered_at" is null
  order by "id" desc
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $ and "shown_to_id" = $
  order by "id" desc
  limit $;

select "id", "recall_id", "owner_id", "addressee_uri", "addressee_id", "number", "title", "hazard", "grade", "note", "told_by", "drafted_at", "sent_at", "acknowledged_at", "answered_at", "closed_at"
  from "recall_notice"
  where "chain_id" = $
  order by "id" desc
  limit $;

select "id", "slug", "name_zh", "name_en", "zone"
  from "chain"
  order by "slug"
  limit $;

select "id", "slug", "name_zh", "name_en", "zone"
  from "chain"
  where "id" = $;

select "id", "statement_id", "line_no", "booked_on", "currency", "amount_minor", "counterparty_name", "reference", "memo", "payment_id", "set_aside_at"
  from "bank_statement_line"
  where "chain_id" = $ and "owner_id" = $ and "payment_id" is null and "set_aside_at" is null
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "statement_id", "line_no", "booked_on", "currency", "amount_minor", "counterparty_name", "reference", "memo", "payment_id", "set_aside_at"
  from "bank_statement_line"
  where "chain_id" = $ and "owner_id" = $ and ("booked_on", "id") < ($, $)
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "statement_id", "line_no", "booked_on", "currency", "amount_minor", "counterparty_name", "reference", "memo", "payment_id", "set_aside_at"
  from "bank_statement_line"
  where "chain_id" = $ and "owner_id" = $
  order by "booked_on" desc, "id" desc
  limit $;

select "id", "stock_stint"
  from "place"
  where "chain_id" = $ and "owner_id" = $ and "stock_stint" > $;

select "id", "type", "subject_id", "party_id", "user_id", "occurred_at", "recorded_at", "corrects_id", "body"
  from "fact"
  where "chain_id" = $ and "subject_id" = $
  order by "id"
  limit $;

select "id", "url", "description", "kinds", "state", "off_reason", "position", "failing_since", "rotated_at", "previous_until", "created_at"
  from "webhook"
  where "chain_id" = $ and "owner_id" = $ and "id" = $;

select "id", "url", "description", "kinds", "state", "off_reason", "position", "failing_since", "rotated_at", "previous_until", "created_at"
  from "webhook"
  where "chain_id" = $ and "owner_id" = $
  limit $;

select "id", "url", "description", "kinds", "state", "off_reason", "position", "failing_since", "rotated_at", "previous_until", "created_at"
  from "webhook"
  where "chain_id" = $ and "owner_id" = $
  order by "created_at" desc, "id" desc
  limit $;

select "id", "webhook_id", "kind", "fact_id", "type", "position", "state", "attempts", "queued_at", "next_at", "last_at", "last_status", "last_error", "last_excerpt", "done_at"
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $ and "owner_id" = $ and "id" = $;

select "id", "webhook_id", "kind", "fact_id", "type", "position", "state", "attempts", "queued_at", "next_at", "last_at", "last_status", "last_error", "last_excerpt", "done_at"
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $ and "state" = $
  order by "queued_at" desc, "position" desc, "id" desc
  limit $;

select "id", "webhook_id", "kind", "fact_id", "type", "position", "state", "attempts", "queued_at", "next_at", "last_at", "last_status", "last_error", "last_excerpt", "done_at"
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $ and (queued_at, position, id) < ($::timestamptz, $::bigint, $::uuid)
  order by "queued_at" desc, "position" desc, "id" desc
  limit $;

select "id", "webhook_id", "kind", "fact_id", "type", "position", "state", "attempts", "queued_at", "next_at", "last_at", "last_status", "last_error", "last_excerpt", "done_at"
  from "webhook_message"
  where "chain_id" = $ and "webhook_id" = $
  order by "queued_at" desc, "position" desc, "id" desc
  limit $;

select "is_shared"
  from "consumer_page"
  where "chain_id" = $ and "product_id" = $ and "owner_id" = $ for update;

select "item"
  from "loss_allowance"
  where "chain_id" = $ and "owner_id" = $ and "percent" is not null and "item" <> $
  limit $;

select "item", "percent", "changed_at"
  from "loss_allowance"
  where "chain_id" = $ and "owner_id" = $ and "percent" is not null and "item" = $
  order by "item"
  limit $;

select "item", "percent", "changed_at"
  from "loss_allowance"
  where "chain_id" = $ and "owner_id" = $ and "percent" is not null
  order by "item"
  limit $;

select "known_at"
  from "recall"
  where "chain_id" = $ and "owner_id" = $ and "id" = $;

select "known_since", "expires_at"
  from "known_device"
  where "user_id" = $
  limit $;

select "l"."invoice_id", "i"."number", "l"."line_no", "i"."issued_on", "i"."currency", "i"."kind", "l"."name", "l"."product_id", "p"."industry_class", "l"."tax_code", "p"."tax_code" as "product_tax_code", "l"."net_minor"
  from "invoice" as "i"
  inner join "invoice_line" as "l" on "l"."chain_id" = "i"."chain_id" and "l"."invoice_id" = "i"."id"
  left join "product" as "p" on "p"."chain_id" = "l"."chain_id" and "p"."id" = "l"."product_id" and "p"."owner_id" = "l"."seller_id"
  where "i"."chain_id" = $ and "l"."chain_id" = $ and "i"."seller_id" = $ and "i"."issued_on" >= $ and "i"."issued_on" <= $
  order by "l"."invoice_id", "l"."line_no"
  limit $;

select "l"."item"
  from "recall_line" as "l"
  inner join "recall" as "r" on "r"."chain_id" = "l"."chain_id" and "r"."id" = "l"."recall_id"
  where "l"."chain_id" = $ and "l"."owner_id" = $ and "r"."chain_id" = $ and "r"."owner_id" = $ and "r"."first_sent_at" is not null and "r"."closed_at" is null and starts_with(l.item, $) and (l.item = $ or ($::text is null and l.item ~ '/21/' and ($::text is null or l.lot is null or l.lot = $::text))) and not exists ( select
  from jsonb_to_recordset($::jsonb) as t (lots jsonb, published_at timestamptz)
  where r.known_at <= t.published_at and (t.lots = '[]' or jsonb_exists(t.lots, l.lot)))
  limit $;

select "l"."position", "l"."leaf_hash", "s"."fact_id", "f"."chain_id", "f"."id", "f"."type", "f"."subject_id", "f"."party_id", "f"."user_id", "f"."key_id", "f"."parties", "f"."occurred_at", "f"."recorded_at", "f"."corrects_id", "f"."body"
  from "seal_leaf" as "l"
  left join "sealed_fact" as "s" on "s"."chain_id" = "l"."chain_id" and "s"."position" = "l"."position"
  left join "fact" as "f" on "f"."chain_id" = "s"."chain_id" and "f"."id" = "s"."fact_id"
  where "l"."chain_id" = $ and "l"."position" >= $ and "l"."position" < $
  order by "l"."position";

select "leaf_hash"
  from "seal_leaf"
  where "chain_id" = $ and "position" >= $
  order by "position"
  limit $;

select "line_no", "item"
  from "recall_line"
  where "chain_id" = $ and "recall_id" = $ and "list_id" = $
  order by "line_no"
  limit $;

select "line_no", "notice_id", "is_own", "item", "lot", "state", "place", "inside", "ended", "quantity", "unit", "list_id"
  from "recall_line"
  where "chain_id" = $ and "recall_id" = $ and "list_id" = $
  order by "list_id", "line_no"
  limit $;

select "line_no", "notice_id", "is_own", "item", "lot", "state", "place", "inside", "ended", "quantity", "unit", "list_id"
  from "recall_line"
  where "chain_id" = $ and "recall_id" = $
  order by "list_id", "line_no"
  limit $;

select "line_no", "order_id", "order_line_no", "product_id", "name", "quantity", "unit", "price", "price_base_quantity", "tax_rate", "tax_code", "net_minor", "tax_minor", "differences"
  from "invoice_line"
  where "chain_id" = $ and "invoice_id" = $
  order by "line_no";

select "line_no", "order_line_no", "product_id", "name", "quantity", "unit", "lot", "best_before", "sscc", "accepted", "short", "damaged", "turned_away"
  from "despatch_line"
  where "chain_id" = $ and "despatch_id" = $
  order by "line_no";

select "line_no", "order_line_no", "product_id", "name", "quantity", "unit", "lot", "best_before", "sscc", "accepted", "short", "damaged", "turned_away", "despatch_id"
  from "despatch_line"
  where "chain_id" = $ and "order_id" = $
  order by "line_no";

select "line_no", "product_id", "buyer_code", "seller_code", "gtin", "name", "quantity", "unit", "price", "price_base_quantity", "tax_rate", "net_minor", "state", "requested", "offered", "offered_price", "promised", "first_promise", "first_promised_at", "reason", "despatched", "accepted", "short", "damaged", "turned_away", "returned", "invoiced"
  from "order_line"
  where "chain_id" = $ and "order_id" = $
  order by "line_no";

select "login", "name"
  from "user_account"
  where "id" = $;

select "lot", "best_before", "quantity"
  from "stock"
  where "chain_id" = $ and "owner_id" = $ and "place_id" = $ and "product_id" = $ and "unit" = $ and "disposition" = $ and "quantity" > $
  order by "best_before" asc nulls last, "lot"
  limit $;

select "name", "definition", "created_at"
  from "named_query"
  where "chain_id" = $ and "owner_id" = $ and "name" = $;

select "name", "definition", "created_at"
  from "named_query"
  where "chain_id" = $ and "owner_id" = $
  order by "name"
  limit $;

select "name", "line_no"
  from "line_name"
  where "chain_id" = $ and "subject_id" = $;

select "name", "product_id", "product_name", "unit", "packing"
  from "stock_name"
  where "chain_id" = $ and "owner_id" = $ and name = any($::text[]);

select "notice_id", count(*) as "lines"
  from "recall_line"
  where "chain_id" = $ and "notice_id" in ($, …)
  group by "notice_id";

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."buyer_id" = $ and "o"."due_on" < $ and "o"."state" in ($, …)
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."buyer_id" = $ and "o"."id" < $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."buyer_id" = $ and "o"."number" = $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."buyer_id" = $ and "o"."seller_id" = $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."buyer_id" = $ and "o"."state" = $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."buyer_id" = $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."seller_id" = $ and "o"."buyer_id" = $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."seller_id" = $ and "o"."due_on" < $ and "o"."state" in ($, …)
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."seller_id" = $ and "o"."id" < $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."seller_id" = $ and "o"."number" = $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."seller_id" = $ and "o"."state" = $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."seller_id" = $
  order by "o"."id" desc
  limit $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "o"."agreement_id", "o"."deliver_to", "o"."place_id", "o"."note"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."id" = $;

select "o"."id", "o"."number", "o"."buyer_id", "o"."seller_id", "o"."currency", "o"."state", "o"."version", "o"."placed_at", "o"."changed_at", "o"."requested_on", "o"."due_on", "o"."line_count", "o"."net_minor", "o"."tax_minor", "o"."total_minor", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "o"."agreement_id", "o"."deliver_to", "o"."place_id", "o"."note"
  from "purchase_order" as "o"
  inner join "party" as "b" on "b"."id" = "o"."buyer_id"
  inner join "party" as "s" on "s"."id" = "o"."seller_id"
  where "o"."chain_id" = $ and "o"."id" = $ for update of "o";

select "owner_id"
  from "collection_ask"
  where "chain_id" = $ and "form_id" = $ and "period" = $ and "owner_id" in ($, …);

select "owner_id", "erased_at"
  from "file"
  where "chain_id" = $ and "id" = $;

select "owner_id", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "changed_at"
  from "stock"
  where "chain_id" = $ and "quantity" != $ and "best_before" <= $
  order by "owner_id", "product_name", "product_id", "lot", "place_id", "disposition", "unit"
  limit $;

select "owner_id", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "changed_at"
  from "stock"
  where "chain_id" = $ and "quantity" != $ and "disposition" = $
  order by "owner_id", "product_name", "product_id", "lot", "place_id", "disposition", "unit"
  limit $;

select "owner_id", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "changed_at"
  from "stock"
  where "chain_id" = $ and "quantity" != $ and "owner_id" = $ and "product_id" = $
  order by "owner_id", "product_name", "product_id", "lot", "place_id", "disposition", "unit"
  limit $;

select "owner_id", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "changed_at"
  from "stock"
  where "chain_id" = $ and "quantity" != $ and "owner_id" = $
  order by "owner_id", "product_name", "product_id", "lot", "place_id", "disposition", "unit"
  limit $;

select "owner_id", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "changed_at"
  from "stock"
  where "chain_id" = $ and "quantity" != $ and "place_id" = $
  order by "owner_id", "product_name", "product_id", "lot", "place_id", "disposition", "unit"
  limit $;

select "owner_id", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "changed_at"
  from "stock"
  where "chain_id" = $ and "quantity" != $ and "product_id" = $
  order by "owner_id", "product_name", "product_id", "lot", "place_id", "disposition", "unit"
  limit $;

select "owner_id", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "changed_at"
  from "stock"
  where "chain_id" = $ and "quantity" != $ and (owner_id, product_name, product_id, lot, place_id, disposition, unit) > ($::uuid, $, $::uuid, $, $::uuid, $, $)
  order by "owner_id", "product_name", "product_id", "lot", "place_id", "disposition", "unit"
  limit $;

select "owner_id", "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity", "changed_at"
  from "stock"
  where "chain_id" = $ and "quantity" != $
  order by "owner_id", "product_name", "product_id", "lot", "place_id", "disposition", "unit"
  limit $;

select "owner_id", "receiver_id", count(*) as "documents"
  from "document"
  where "chain_id" = $ and "received_at" >= $ and "state" in ($, …) and "receiver_id" is not null
  group by "owner_id", "receiver_id"
  order by "documents" desc, "owner_id", "receiver_id"
  limit $;

select "owner_id", count(*) as "asks"
  from "collection_ask"
  where "chain_id" = $ and "collector_id" = $ and "form_id" = $ and "asked_on" >= $ and "asked_on" <= $ and "owner_id" in ($, …)
  group by "owner_id";

select "p"."factor_from", "p"."set_at", "p"."set_by", "p"."version", "u"."name"
  from "sign_in_policy" as "p"
  left join "user_account" as "u" on "u"."id" = "p"."set_by"
  where "p"."chain_id" = $ and "p"."party_id" = $;

select "p"."id", "p"."gln", (p.verified_at is not null or coalesce(m.invited_by = $::uuid, false)) as "vouched"
  from "member" as "m"
  inner join "party" as "p" on "p"."id" = "m"."party_id"
  where "m"."chain_id" = $ and "m"."status" = $ and (p.id = any($::uuid[]) or (p.gln = any($::text[]) and (p.verified_at is not null or coalesce(m.invited_by = $::uuid, false))));

select "p"."id", "p"."name_zh", "p"."name_en", "r"."currency", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on >= $), 0)::bigint as "not_due_minor", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on between $ and $), 0)::bigint as "late_1_30_minor", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on between $ and $), 0)::bigint as "late_31_60_minor", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on between $ and $), 0)::bigint as "late_61_90_minor", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on < $), 0)::bigint as "late_over_90_minor", sum(r.disputed_minor)::bigint as "disputed_minor", sum(r.open_minor)::bigint as "open_minor"
  from "receivable" as "r"
  inner join "party" as "p" on "p"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and "r"."open_minor" > $
  group by "p"."id", "p"."name_zh", "p"."name_en", "r"."currency"
  order by sum(r.open_minor) desc, "p"."id"
  limit $;

select "p"."id", "p"."name_zh", "p"."name_en", "r"."currency", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on >= $), 0)::bigint as "not_due_minor", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on between $ and $), 0)::bigint as "late_1_30_minor", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on between $ and $), 0)::bigint as "late_31_60_minor", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on between $ and $), 0)::bigint as "late_61_90_minor", coalesce(sum(r.open_minor - r.disputed_minor) filter (
  where r.due_on < $), 0)::bigint as "late_over_90_minor", sum(r.disputed_minor)::bigint as "disputed_minor", sum(r.open_minor)::bigint as "open_minor"
  from "receivable" as "r"
  inner join "party" as "p" on "p"."id" = "r"."seller_id"
  where "r"."chain_id" = $ and "r"."buyer_id" = $ and "r"."open_minor" > $
  group by "p"."id", "p"."name_zh", "p"."name_en", "r"."currency"
  order by sum(r.open_minor) desc, "p"."id"
  limit $;

select "p"."id", "p"."payer_id", "p"."payee_id", "f"."name_zh" as "payer_zh", "f"."name_en" as "payer_en", "t"."name_zh" as "payee_zh", "t"."name_en" as "payee_en", "p"."currency", "p"."amount_minor", "p"."allocated_minor", "p"."paid_on", "p"."reference", "p"."remittance", "p"."state", "p"."reason", "p"."recorded_at", "p"."confirmed_at"
  from "payment" as "p"
  inner join "party" as "f" on "f"."id" = "p"."payer_id"
  inner join "party" as "t" on "t"."id" = "p"."payee_id"
  where "p"."chain_id" = $ and "p"."id" = $;

select "p"."id", "p"."payer_id", "p"."payee_id", "f"."name_zh" as "payer_zh", "f"."name_en" as "payer_en", "t"."name_zh" as "payee_zh", "t"."name_en" as "payee_en", "p"."currency", "p"."amount_minor", "p"."allocated_minor", "p"."paid_on", "p"."reference", "p"."remittance", "p"."state", "p"."reason", "p"."recorded_at", "p"."confirmed_at"
  from "payment" as "p"
  inner join "party" as "f" on "f"."id" = "p"."payer_id"
  inner join "party" as "t" on "t"."id" = "p"."payee_id"
  where "p"."chain_id" = $ and "p"."payee_id" = $ and "p"."payer_id" = $
  order by "p"."paid_on" desc, "p"."id" desc
  limit $;

select "p"."id", "p"."payer_id", "p"."payee_id", "f"."name_zh" as "payer_zh", "f"."name_en" as "payer_en", "t"."name_zh" as "payee_zh", "t"."name_en" as "payee_en", "p"."currency", "p"."amount_minor", "p"."allocated_minor", "p"."paid_on", "p"."reference", "p"."remittance", "p"."state", "p"."reason", "p"."recorded_at", "p"."confirmed_at"
  from "payment" as "p"
  inner join "party" as "f" on "f"."id" = "p"."payer_id"
  inner join "party" as "t" on "t"."id" = "p"."payee_id"
  where "p"."chain_id" = $ and "p"."payee_id" = $ and "p"."state" = $
  order by "p"."paid_on" desc, "p"."id" desc
  limit $;

select "p"."id", "p"."payer_id", "p"."payee_id", "f"."name_zh" as "payer_zh", "f"."name_en" as "payer_en", "t"."name_zh" as "payee_zh", "t"."name_en" as "payee_en", "p"."currency", "p"."amount_minor", "p"."allocated_minor", "p"."paid_on", "p"."reference", "p"."remittance", "p"."state", "p"."reason", "p"."recorded_at", "p"."confirmed_at"
  from "payment" as "p"
  inner join "party" as "f" on "f"."id" = "p"."payer_id"
  inner join "party" as "t" on "t"."id" = "p"."payee_id"
  where "p"."chain_id" = $ and "p"."payee_id" = $ and ("p"."paid_on", "p"."id") < ($, $)
  order by "p"."paid_on" desc, "p"."id" desc
  limit $;

select "p"."id", "p"."payer_id", "p"."payee_id", "f"."name_zh" as "payer_zh", "f"."name_en" as "payer_en", "t"."name_zh" as "payee_zh", "t"."name_en" as "payee_en", "p"."currency", "p"."amount_minor", "p"."allocated_minor", "p"."paid_on", "p"."reference", "p"."remittance", "p"."state", "p"."reason", "p"."recorded_at", "p"."confirmed_at"
  from "payment" as "p"
  inner join "party" as "f" on "f"."id" = "p"."payer_id"
  inner join "party" as "t" on "t"."id" = "p"."payee_id"
  where "p"."chain_id" = $ and "p"."payee_id" = $
  order by "p"."paid_on" desc, "p"."id" desc
  limit $;

select "p"."id", "p"."payer_id", "p"."payee_id", "f"."name_zh" as "payer_zh", "f"."name_en" as "payer_en", "t"."name_zh" as "payee_zh", "t"."name_en" as "payee_en", "p"."currency", "p"."amount_minor", "p"."allocated_minor", "p"."paid_on", "p"."reference", "p"."remittance", "p"."state", "p"."reason", "p"."recorded_at", "p"."confirmed_at"
  from "payment" as "p"
  inner join "party" as "f" on "f"."id" = "p"."payer_id"
  inner join "party" as "t" on "t"."id" = "p"."payee_id"
  where "p"."chain_id" = $ and "p"."payer_id" = $
  order by "p"."paid_on" desc, "p"."id" desc
  limit $;

select "p"."id", "p"."payer_id", "p"."payee_id", "p"."currency", "p"."amount_minor", "p"."paid_on", "p"."reference"
  from "payment" as "p"
  left join "bank_statement_line" as "l" on "l"."chain_id" = "p"."chain_id" and "l"."payment_id" = "p"."id" and "l"."owner_id" = $
  where "p"."chain_id" = $ and "l"."id" is null and (("p"."payee_id" = $ and "p"."state" = $) or ("p"."payer_id" = $ and "p"."state" <> $))
  order by "p"."paid_on" desc, "p"."id"
  limit $;

select "party"."id", "party"."uscc", "party"."gln", "party"."name_zh", "party"."name_en", "party"."lon", "party"."lat", "party"."region_code", "party"."verified_at", "member"."roles", "member"."status"
  from "member"
  inner join "party" on "party"."id" = "member"."party_id"
  where "member"."chain_id" = $ and "party"."id" = $;

select "party"."id", "party"."uscc", "party"."gln", "party"."name_zh", "party"."name_en", "party"."lon", "party"."lat", "party"."region_code", "party"."verified_at", "member"."roles", "member"."status"
  from "member"
  inner join "party" on "party"."id" = "member"."party_id"
  where "member"."chain_id" = $ and "party"."id" in ($, …)
  order by "party"."id";

select "party"."id", "party"."uscc", "party"."gln", "party"."name_zh", "party"."name_en", "party"."lon", "party"."lat", "party"."region_code", "party"."verified_at", "member"."roles", "member"."status"
  from "member"
  inner join "party" on "party"."id" = "member"."party_id"
  where "member"."chain_id" = $ and $ = any(member.roles)
  order by "name_zh", "party"."id"
  limit $;

select "party"."id", "party"."uscc", "party"."gln", "party"."name_zh", "party"."name_en", "party"."lon", "party"."lat", "party"."region_code", "party"."verified_at", "member"."roles", "member"."status"
  from "member"
  inner join "party" on "party"."id" = "member"."party_id"
  where "member"."chain_id" = $ and ("name_zh" > $ or ("name_zh" = $ and "party"."id" > $))
  order by "name_zh", "party"."id"
  limit $;

select "party"."id", "party"."uscc", "party"."gln", "party"."name_zh", "party"."name_en", "party"."lon", "party"."lat", "party"."region_code", "party"."verified_at", "member"."roles", "member"."status"
  from "member"
  inner join "party" on "party"."id" = "member"."party_id"
  where "member"."chain_id" = $ and ("name_zh" ilike $ or "name_en" ilike $ or "uscc" like $)
  order by "name_zh", "party"."id"
  limit $;

select "party"."id", "party"."uscc", "party"."gln", "party"."name_zh", "party"."name_en", "party"."lon", "party"."lat", "party"."region_code", "party"."verified_at", "member"."roles", "member"."status"
  from "member"
  inner join "party" on "party"."id" = "member"."party_id"
  where "member"."chain_id" = $ and ("uscc" = $ or "gln" = $);

select "party"."id", "party"."uscc", "party"."gln", "party"."name_zh", "party"."name_en", "party"."lon", "party"."lat", "party"."region_code", "party"."verified_at", "member"."roles", "member"."status"
  from "member"
  inner join "party" on "party"."id" = "member"."party_id"
  where "member"."chain_id" = $
  order by "name_zh", "party"."id"
  limit $;

select "party_id"
  from "member"
  where "chain_id" = $ and "party_id" = $ for update;

select "party_id", "parties"
  from "fact"
  where "chain_id" = $ and "id" = $;

select "password_hash"
  from "user_account"
  where "id" = $;

select "payer_id", "payee_id", "currency", sum(amount_minor)::bigint as "paid_minor"
  from "payment"
  where "chain_id" = $ and "state" = $ and "paid_on" >= $
  group by "payer_id", "payee_id", "currency"
  order by "payer_id", "payee_id"
  limit $;

select "payment_id", "toward", "amount_minor", "paid_on"
  from "payment_allocation"
  where "chain_id" = $ and "receivable_id" = $
  order by "id";

select "place_id", "product_id", "product_name", "lot", "disposition", "unit", "best_before", "quantity"
  from "stock"
  where "chain_id" = $ and "owner_id" = $ and (product_id, lot) in ( select w.id, w.lot
  from unnest($::uuid[], $::text[]) w (id, lot)) and "disposition" = $ and "quantity" > $
  order by "place_id", "product_id", lot collate "C", unit collate "C"
  limit $ for update;

select "prefix"
  from "company_prefix"
  where "chain_id" = $ and "prefix" in ($, …) and "owner_id" = $;

select "prefix"
  from "company_prefix"
  where "chain_id" = $
  limit $;

select "prefix", "owner_id", "recorded_at"
  from "company_prefix"
  where "chain_id" = $
  order by "prefix"
  limit $;

select "product_id"
  from "consumer_page"
  where "chain_id" = $ and "owner_id" = $ and "product_id" in ($, …) and "is_shared" = $;

select "product_id", "lot", "unit", "product_name", "best_before", "quantity"
  from "stock"
  where "chain_id" = $ and "owner_id" = $ and "place_id" = $ and "disposition" = $ and (product_id, lot) in ( select w.id, w.lot
  from unnest($::uuid[], $::text[]) w (id, lot)) and "quantity" > $
  order by "product_id", lot collate "C", unit collate "C" for update;

select "product_id", "lot", "unit", "product_name", "best_before", "quantity"
  from "stock"
  where "chain_id" = $ and "owner_id" = $ and "place_id" = $ and "disposition" = $ and (product_id, lot) in ( select w.id, w.lot
  from unnest($::uuid[], $::text[]) w (id, lot))
  order by "product_id", lot collate "C", unit collate "C" for update;

select "product_id", "lots", "published_at"
  from "consumer_warning"
  where "chain_id" = $ and "owner_id" = $ and "product_id" in ($, …) and "withdrawn_at" is null;

select "provider", "user_id" as "user"
  from "oidc_visit"
  where "ticket_hash" = $ and "expires_at" > $;

select "quantity"
  from "stock"
  where "chain_id" = $ and "owner_id" = $ and "place_id" = $ and "product_id" = $ and "lot" = $ and "disposition" = $ and "unit" = $ for update;

select "r"."content", "r"."reason", "s"."source"
  from "release" as "r"
  inner join "release_source" as "s" on "s"."chain_id" = "r"."chain_id" and "s"."release_id" = "r"."id"
  where "r"."chain_id" = $ and "s"."chain_id" = $ and "r"."id" = $ and "s"."owner_id" = $;

select "r"."id", "r"."ask_id", "r"."collection_id", "r"."owner_id", "r"."collector_id", "r"."number", "r"."corrects_id", "r"."reason", "r"."answers", "r"."evidence", "r"."notes", "r"."checks", "r"."minutes", "r"."prefilled_count", "r"."industry_class", "r"."size", "r"."region_code", "r"."submitted_at", "r"."fact_id", "g"."ruling", "g"."reason" as "ruling_reason", "g"."ruled_at"
  from "report" as "r"
  left join "report_ruling" as "g" on "g"."chain_id" = "r"."chain_id" and "g"."report_id" = "r"."id"
  where "r"."chain_id" = $ and "r"."ask_id" = $ and "r"."number" < $
  order by "r"."number" desc
  limit $;

select "r"."id", "r"."ask_id", "r"."collection_id", "r"."owner_id", "r"."collector_id", "r"."number", "r"."corrects_id", "r"."reason", "r"."answers", "r"."evidence", "r"."notes", "r"."checks", "r"."minutes", "r"."prefilled_count", "r"."industry_class", "r"."size", "r"."region_code", "r"."submitted_at", "r"."fact_id", "g"."ruling", "g"."reason" as "ruling_reason", "g"."ruled_at"
  from "report" as "r"
  left join "report_ruling" as "g" on "g"."chain_id" = "r"."chain_id" and "g"."report_id" = "r"."id"
  where "r"."chain_id" = $ and "r"."ask_id" = $
  order by "r"."number" desc
  limit $;

select "r"."id", "r"."ask_id", "r"."collection_id", "r"."owner_id", "r"."collector_id", "r"."number", "r"."corrects_id", "r"."reason", "r"."answers", "r"."evidence", "r"."notes", "r"."checks", "r"."minutes", "r"."prefilled_count", "r"."industry_class", "r"."size", "r"."region_code", "r"."submitted_at", "r"."fact_id", "g"."ruling", "g"."reason" as "ruling_reason", "g"."ruled_at"
  from "report" as "r"
  left join "report_ruling" as "g" on "g"."chain_id" = "r"."chain_id" and "g"."report_id" = "r"."id"
  where "r"."chain_id" = $ and "r"."id" = $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."buyer_id" = $ and r.open_minor > 0 and r.open_minor > r.disputed_minor and r.due_on < $
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."buyer_id" = $ and true
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and r.open_minor = 0
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and r.open_minor > 0 and r.disputed_minor > 0
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and r.open_minor > 0 and r.open_minor > r.disputed_minor and r.due_on < $
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and r.open_minor > 0
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and true and "r"."buyer_id" = $
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and true and "r"."due_on" <= $
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and true and "r"."due_on" >= $
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and true and "r"."number" = $
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and true and ("r"."due_on", "r"."id") > ($, $)
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."seller_id" = $ and true
  order by "r"."due_on", "r"."id"
  limit $;

select "r"."id", "r"."number", "r"."seller_id", "r"."buyer_id", "s"."name_zh" as "seller_zh", "s"."name_en" as "seller_en", "b"."name_zh" as "buyer_zh", "b"."name_en" as "buyer_en", "r"."currency", "r"."total_minor", "r"."credited_minor", "r"."paid_minor", "r"."disputed_minor", "r"."open_minor", "r"."interest_minor", "r"."interest_paid_minor", "r"."issued_on", "r"."delivered_on", "r"."clock_start_on", "r"."due_on", "r"."statutory_due_on", "r"."settled_on", "r"."buyer_kind", "r"."seller_size", "r"."inspection_due_on", "r"."accepted_on", "r"."term_days", "r"."late_rate_daily", "r"."start_rule", "r"."term_rule"
  from "receivable" as "r"
  inner join "party" as "s" on "s"."id" = "r"."seller_id"
  inner join "party" as "b" on "b"."id" = "r"."buyer_id"
  where "r"."chain_id" = $ and "r"."id" = $;

select "reason", "content"
  from "release"
  where "chain_id" = $ and "owner_id" = $ and "series" = $ and "is_published" = $ and "number" <= $
  order by "number"
  limit $;

select "receipt_id", "line_no", "despatch_line_no", "order_line_no", "accepted", "short", "damaged", "turned_away", "reason", "photo_ids", "received_on"
  from "receipt_line"
  where "chain_id" = $ and "order_id" = $
  order by "line_no";

select "receivable_id", "amount_minor"
  from "receivable_dispute"
  where "chain_id" = $ and "id" = $ and "state" = $;

select "received_at"
  from "receipt"
  where "chain_id" = $ and "order_id" = $
  order by "received_at" desc
  limit $;

select "request_id", "requester_id", "holder_id", "state", "asked_at", "answered_at", "note", "fact_id"
  from "objection_mark"
  where "chain_id" = $ and "fact_id" in ($, …) and ("state" in ($, …) or ("state" = $ and "note" is not null))
  order by "asked_at", "request_id"
  limit $;

select "role"
  from "seat"
  where "chain_id" = $ and "party_id" = $ and "user_id" = $;

select "role"
  from "seat"
  where "chain_id" = $ and "party_id" = $ and "user_id" = $ and "ended_at" is null;

select "root"
  from "seal_tile"
  where "chain_id" = $ and "level" = $ and "tile" >= $
  order by "tile"
  limit $;

select "s"."id", "s"."agent", "s"."address", "s"."created_at", "s"."used_at", "s"."expires_at", "c"."name_zh" as "chain_zh", "c"."name_en" as "chain_en", "p"."name_zh" as "party_zh", "p"."name_en" as "party_en"
  from "session" as "s"
  inner join "chain" as "c" on "c"."id" = "s"."current_chain_id"
  inner join "party" as "p" on "p"."id" = "s"."current_party_id"
  where "s"."user_id" = $ and "s"."expires_at" > $ and "s"."used_at" > $
  order by "s"."used_at" desc, "s"."id"
  limit $;

select "s"."position", "f"."id", "f"."type"
  from "sealed_fact" as "s"
  inner join "fact" as "f" on "f"."chain_id" = "s"."chain_id" and "f"."id" = "s"."fact_id"
  where "s"."chain_id" = $ and "s"."position" >= $ and "s"."position" < $
  order by "s"."position";

select "s"."position", "s"."fact_id", "f"."chain_id", "f"."id", "f"."type", "f"."subject_id", "f"."party_id", "f"."user_id", "f"."key_id", "f"."parties", "f"."occurred_at", "f"."recorded_at", "f"."corrects_id", "f"."body"
  from "sealed_fact" as "s"
  left join "fact" as "f" on "f"."chain_id" = "s"."chain_id" and "f"."id" = "s"."fact_id"
  where "s"."chain_id" = $ and "s"."fact_id" = $;

select "s"."position", "s"."fact_id", "f"."chain_id", "f"."id", "f"."type", "f"."subject_id", "f"."party_id", "f"."user_id", "f"."key_id", "f"."parties", "f"."occurred_at", "f"."recorded_at", "f"."corrects_id", "f"."body"
  from "sealed_fact" as "s"
  left join "fact" as "f" on "f"."chain_id" = "s"."chain_id" and "f"."id" = "s"."fact_id"
  where "s"."chain_id" = $ and "s"."position" > $ and "s"."position" < $
  order by "s"."position"
  limit $;

select "scheme", "value"
  from "party_alias"
  where "chain_id" = $ and "owner_id" = $ and "party_id" = $
  order by "scheme", "value"
  limit $;

select "sealed_secret"
  from "totp"
  where "user_id" = $ and "confirmed_at" is not null;

select "sealed_secret"
  from "totp"
  where "user_id" = $ and "confirmed_at" is null;

select "seller_id", "buyer_id", "buyer_kind", "seller_size", "delivered_on", "inspection_due_on", "accepted_on", "settled_amount_on", "term_days", "industry_norm", "pay_when_paid"
  from "receivable"
  where "chain_id" = $ and "id" = $ for update;

select "seller_id", "buyer_id", count(*)::int as "despatches"
  from "despatch"
  where "chain_id" = $ and "despatched_at" >= $
  group by "seller_id", "buyer_id";

select "seller_id", "buyer_id", count(*)::int as "orders", sum(total_minor)::bigint as "ordered_minor"
  from "purchase_order"
  where "chain_id" = $ and "placed_at" >= $ and "state" != $
  group by "seller_id", "buyer_id";

select "seller_id", "buyer_id", sum(case kind when 'invoice' then total_minor else -total_minor end)::bigint as "invoiced_minor"
  from "invoice"
  where "chain_id" = $ and "recorded_at" >= $
  group by "seller_id", "buyer_id";

select "series_id"
  from "release"
  where "chain_id" = $ and "id" = $ and "owner_id" = $;

select "size"
  from "seal"
  where "chain_id" = $
  order by "size" desc
  limit $;

select "size", "note", "verifier_key"
  from "seal"
  where "chain_id" = $
  order by "size" desc
  limit $;

select "size", "root", "note", "verifier_key", "sealed_at"
  from "seal"
  where "chain_id" = $ and "size" = $;

select "size", "root", "note", "verifier_key", "sealed_at"
  from "seal"
  where "chain_id" = $
  order by "size" desc
  limit $;

select "state", "answered_at"
  from "rights_request"
  where "chain_id" = $ and "requester_id" = $ and "holder_id" = $ and "kind" = $ and "state" in ($, …) and "fact_id" = $
  order by "answered_at" desc, "id" desc
  limit $;

select "state", "answered_at"
  from "rights_request"
  where "chain_id" = $ and "requester_id" = $ and "holder_id" = $ and "kind" = $ and "state" in ($, …) and "file_id" = $
  order by "answered_at" desc, "id" desc
  limit $;

select "state", "answered_at"
  from "rights_request"
  where "chain_id" = $ and "requester_id" = $ and "holder_id" = $ and "kind" = $ and "state" in ($, …) and "scope" = $
  order by "answered_at" desc, "id" desc
  limit $;

select "state", count(*) as "asks", count("accepted_id") as "counting"
  from "collection_ask"
  where "chain_id" = $ and "collection_id" = $
  group by "state";

select "state", count(*)::int as "count", (count(*) filter (where due_on < $))::int as "overdue"
  from "purchase_order"
  where "chain_id" = $ and "buyer_id" = $ and "state" in ($, …)
  group by "state";

select "state", count(*)::int as "count", (count(*) filter (where due_on < $))::int as "overdue"
  from "purchase_order"
  where "chain_id" = $ and "seller_id" = $ and "state" in ($, …)
  group by "state";

select "token_id"
  from "ended_page"
  where "chain_id" = $ and "token_id" = $;

select "total_minor"
  from "invoice"
  where "chain_id" = $ and "corrects_id" = $;

select "u"."id", "u"."login", "u"."name", "seat"."role", "seat"."ended_at", "u"."disabled_at"
  from "seat"
  inner join "user_account" as "u" on "u"."id" = "seat"."user_id"
  where "seat"."chain_id" = $ and "seat"."party_id" = $
  order by "u"."login"
  limit $;

select "u"."id", "u"."login", "u"."name", (exists (select 1
  from totp
  where totp.user_id = u.id and totp.confirmed_at is not null) or exists (select 1
  from passkey
  where passkey.user_id = u.id)) as "has_factor"
  from "seat"
  inner join "user_account" as "u" on "u"."id" = "seat"."user_id"
  where "seat"."chain_id" = $ and "seat"."party_id" = $ and "seat"."ended_at" is null and "u"."disabled_at" is null
  order by "u"."login"
  limit $;

select "u"."product_id", "u"."unit", "u"."base_quantity", "p"."unit" as "base_unit"
  from "product_unit" as "u"
  inner join "product" as "p" on "p"."chain_id" = "u"."chain_id" and "p"."id" = "u"."product_id"
  where "u"."chain_id" = $ and "u"."product_id" in ($, …);

select "unit"
  from "order_line"
  where "chain_id" = $ and "product_id" = $ and "unit" in ($, …)
  limit $;

select "unit", "base_quantity"
  from "product_unit"
  where "chain_id" = $ and "product_id" = $
  order by "unit"
  limit $;

select "user_id"
  from "account_erasure"
  where "erased_at" is null and "due_at" <= $
  order by "blocked_party_id" asc nulls first, "due_at", "user_id"
  limit $;

select "user_id"
  from "half_session"
  where "token_hash" = $ and "tries_left" > $ and "expires_at" > $;

select "user_id"
  from "known_device"
  where "token_hash" = $ and "user_id" = $ and "expires_at" > $;

select "user_id"
  from "seat"
  where "chain_id" = $ and "party_id" = $
  order by "user_id" for update;

select "user_id"
  from "totp"
  where "user_id" = $ and "confirmed_at" is not null;

select "user_id"
  from "totp"
  where "user_id" = $ and "confirmed_at" is null;

select "version"
  from "collection"
  where "chain_id" = $ and "id" = $ and "collector_id" = $ for update;

select "w"."id", "w"."owner_id"
  from "webhook" as "w"
  where "w"."chain_id" = $ and ("w"."lease_until" is null or "w"."lease_until" <= $) and ("w"."due_at" <= $ or ("w"."due_at" is null and "w"."state" = $ and exists (select "s"."size"
  from "seal" as "s"
  where "s"."chain_id" = "w"."chain_id" and "s"."size" > "w"."position")))
  order by coalesce("w"."due_at", $)
  limit $;

select *
  from "account_erasure"
  where "user_id" = $;

select 1;

select 1
  from "event_item"
  where chain_id = $::uuid and "item" = $ and role in ('epc', 'parent', 'child', 'input', 'output') and not by_class and $::uuid = any(parties)
  limit 1;

select c.id, c.event_time, c.recorded_at, c.capturer_id, c.read_point, c.biz_location, c.body, c.body_bytes
  from (select f.*, sum(f.body_bytes) over (rows unbounded preceding) as so_far
  from (select e.*
  from (select distinct i.event_id
  from event_item i
  where i.chain_id = $::uuid and i.item = any($::text[]) and i.role in ('epc', 'parent', 'child', 'input', 'output')) n join event e on e.chain_id = $::uuid and e.id = n.event_id
  where e.chain_id = $::uuid and not e.declares_error and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id and v.recorded_at <= coalesce($::timestamptz, v.recorded_at))
  limit $) f) c
  where c.so_far - c.body_bytes < $;

select c.zone, m.roles, (select json_agg(jsonb_build_array(l.scope, l.owner_id))
  from ( select distinct g.scope, g.owner_id
  from sharing_agreement g
  where g.chain_id = $ and g.reader_id = $ and g.revoked_at is null and g.valid_from <= $ and (g.valid_until is null or g.valid_until > $)
  order by g.scope, g.owner_id
  limit 1000) l) as reads
  from chain c join member m on m.chain_id = $ and m.party_id = $ and m.status = 'active'
  where c.id = $;

select c.zone, m.roles, null as seat, k.scopes, k.used_at, null as session_id, null as proved_at, null as factor_at, null as factor_from, null as held, (select json_agg(jsonb_build_array(l.scope, l.owner_id))
  from ( select distinct g.scope, g.owner_id
  from sharing_agreement g
  where g.chain_id = $ and g.reader_id = $ and g.revoked_at is null and g.valid_from <= $ and (g.valid_until is null or g.valid_until > $)
  order by g.scope, g.owner_id
  limit 1000) l) as reads
  from api_key k join chain c on c.id = $ join member m on m.chain_id = $ and m.party_id = $ and m.status = 'active'
  where k.chain_id = $ and k.party_id = $ and k.id = $ and (k.secret_hash = $ or (k.previous_hash = $ and k.previous_until > $)) and k.revoked_at is null and (k.expires_at is null or k.expires_at > $);

select c.zone, m.roles, s.role as seat, null as scopes, t.used_at, t.id as session_id, t.proved_at, t.factor_at, p.factor_from, case when u.password_due then 'new_password' when p.factor_from is null or p.factor_from > $ then null when not (exists (select 1
  from totp
  where totp.user_id = $ and totp.confirmed_at is not null) or exists (select 1
  from passkey
  where passkey.user_id = $)) then 'no_factor' when t.factor_at is null then 'factor_not_shown' end as held, (select json_agg(jsonb_build_array(l.scope, l.owner_id))
  from ( select distinct g.scope, g.owner_id
  from sharing_agreement g
  where g.chain_id = $ and g.reader_id = $ and g.revoked_at is null and g.valid_from <= $ and (g.valid_until is null or g.valid_until > $)
  order by g.scope, g.owner_id
  limit 1000) l) as reads
  from session t join chain c on c.id = $ join member m on m.chain_id = $ and m.party_id = $ and m.status = 'active' join seat s on s.chain_id = $ and s.party_id = $ and s.user_id = $ and s.ended_at is null join user_account u on u.id = $ and u.disabled_at is null
  left join sign_in_policy p on p.chain_id = $ and p.party_id = $
  where t.token_hash = $ and t.expires_at > $ and t.used_at > $ and t.user_id = $ and t.current_chain_id = $ and t.current_party_id = $;

select coalesce(c.quantity, $::numeric) + coalesce( (select sum(m.quantity)
  from stock_movement m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = $::uuid and m.lot = $ and m.disposition = $ and m.unit = $ and m.stint = $::integer and m.voided_by is null and (m.at, case m.kind when 'counted' then 1 else 0 end, m.event_id) < ($::timestamptz, $::integer, $::uuid) and m.kind = 'moved' and (c.at is null or m.at > c.at)), 0) as quantity
  from (select 1) one
  left join lateral (select m.at, m.quantity
  from stock_movement m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = $::uuid and m.lot = $ and m.disposition = $ and m.unit = $ and m.stint = $::integer and m.voided_by is null and (m.at, case m.kind when 'counted' then 1 else 0 end, m.event_id) < ($::timestamptz, $::integer, $::uuid) and m.kind = 'counted'
  order by m.at desc, m.event_id desc
  limit 1) c on true;

select coalesce(c.quantity, $::numeric) + coalesce( (select sum(m.quantity)
  from stock_movement m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = $::uuid and m.lot = $ and m.disposition = $ and m.unit = $ and m.stint = $::integer and m.voided_by is null and m.kind = 'moved' and (c.at is null or m.at > c.at)), 0) as quantity
  from (select 1) one
  left join lateral (select m.at, m.quantity
  from stock_movement m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = $::uuid and m.lot = $ and m.disposition = $ and m.unit = $ and m.stint = $::integer and m.voided_by is null and m.kind = 'counted'
  order by m.at desc, m.event_id desc
  limit 1) c on true;

select count("r"."id") as "reports", coalesce(sum("r"."minutes"), 0) as "minutes", coalesce(sum(a.item_count - r.prefilled_count), 0) as "written"
  from "collection_ask" as "a"
  inner join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."ask_id" = "a"."id"
  where "a"."chain_id" = $ and "a"."collector_id" = $ and "r"."chain_id" = $ and "r"."number" = $ and "r"."minutes" is not null;

select count("r"."id") as "reports", count("r"."minutes") as "reports_with_minutes", coalesce(sum("r"."minutes"), 0) as "minutes", coalesce(sum("r"."prefilled_count") filter(where "r"."number" = $), 0) as "prefilled"
  from "collection_ask" as "a"
  inner join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."ask_id" = "a"."id"
  where "a"."chain_id" = $ and "a"."collector_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $ and "r"."chain_id" = $;

select count("r"."id") as "reports", count("r"."minutes") as "reports_with_minutes", coalesce(sum("r"."minutes"), 0) as "minutes", coalesce(sum("r"."prefilled_count") filter(where "r"."number" = $), 0) as "prefilled"
  from "collection_ask" as "a"
  inner join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."ask_id" = "a"."id"
  where "a"."chain_id" = $ and "a"."owner_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $ and "r"."chain_id" = $;

select count("r"."id") as "reports", count("r"."minutes") as "reports_with_minutes", coalesce(sum("r"."minutes"), 0) as "minutes", coalesce(sum("r"."prefilled_count") filter(where "r"."number" = $), 0) as "prefilled", "a"."collector_id" as "party"
  from "collection_ask" as "a"
  inner join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."ask_id" = "a"."id"
  where "a"."chain_id" = $ and "a"."owner_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $ and "r"."chain_id" = $ and "a"."collector_id" in ($, …)
  group by "a"."collector_id";

select count("r"."id") as "reports", count("r"."minutes") as "reports_with_minutes", coalesce(sum("r"."minutes"), 0) as "minutes", coalesce(sum("r"."prefilled_count") filter(where "r"."number" = $), 0) as "prefilled", "a"."owner_id" as "party"
  from "collection_ask" as "a"
  inner join "report" as "r" on "r"."chain_id" = "a"."chain_id" and "r"."ask_id" = "a"."id"
  where "a"."chain_id" = $ and "a"."collector_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $ and "r"."chain_id" = $ and "a"."owner_id" in ($, …)
  group by "a"."owner_id";

select count(*) as "all"
  from "collection_ask"
  where "chain_id" = $ and "collection_id" = $ and "collector_id" = $ and "state" in ($, …) and "accepted_id" is null and ("reminded_on" is null or "reminded_on" < $);

select count(*) as "asked"
  from "collection_ask"
  where "chain_id" = $ and "collection_id" = $;

select count(*) as "count"
  from "named_query"
  where "chain_id" = $ and "owner_id" = $;

select count(*) as "count"
  from "product_bundle"
  where "chain_id" = $ and "owner_id" = $;

select count(*) as "count"
  from "rights_request"
  where "chain_id" = $ and "requester_id" = $ and "state" = $;

select count(*) as "count"
  from "sale_decision"
  where "chain_id" = $ and "owner_id" = $;

select count(*) as "drafts"
  from "form_draft"
  where "chain_id" = $ and "owner_id" = $;

select count(*) as "people", count(*) filter(where "role" = $) as "admins"
  from "seat"
  where "chain_id" = $ and "party_id" = $ and "user_id" <> $ and "ended_at" is null;

select count(distinct "a"."collection_id") as "collections", count(distinct "a"."form_id") as "forms", coalesce(sum("a"."item_count"), 0) as "items"
  from "collection_ask" as "a"
  where "a"."chain_id" = $ and "a"."collector_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $;

select count(distinct "a"."collection_id") as "collections", count(distinct "a"."form_id") as "forms", coalesce(sum("a"."item_count"), 0) as "items"
  from "collection_ask" as "a"
  where "a"."chain_id" = $ and "a"."owner_id" = $ and "a"."asked_on" >= $ and "a"."asked_on" <= $;

select distinct "item" as value
  from "event_item"
  where chain_id = $::uuid and role in ('epc', 'parent', 'child', 'input', 'output') and not by_class and $::uuid = any(parties) and "item" is not null
  order by value
  limit $;

select distinct "item"
  from "recall_line"
  where "chain_id" = $ and "recall_id" = $
  limit $;

select distinct "l"."lot"
  from "recall_line" as "l"
  inner join "recall" as "r" on "r"."chain_id" = "l"."chain_id" and "r"."id" = "l"."recall_id"
  where "l"."chain_id" = $ and "l"."owner_id" = $ and "r"."chain_id" = $ and "r"."owner_id" = $ and "r"."first_sent_at" is not null and "r"."closed_at" is null and "l"."lot" is not null and starts_with(l.item, $) and not exists ( select
  from jsonb_to_recordset($::jsonb) as t (lots jsonb, published_at timestamptz)
  where r.known_at <= t.published_at and (t.lots = '[]' or jsonb_exists(t.lots, l.lot)))
  order by "l"."lot"
  limit $;

select distinct event_id
  from stock_unknown
  where chain_id = $::uuid and owner_id = $::uuid and split_part(name, ' ', 1) = any($::text[])
  order by event_id
  limit $;

select distinct on ("notice_id", "line_no") "line_no", "kept", "destroyed", "passed_on", "missing", "remark", "answered_at", "notice_id"
  from "recall_answer"
  where "chain_id" = $ and "notice_id" in ($, …) and "line_no" in ($, …)
  order by "notice_id", "line_no", "id" desc;

select distinct on (w.product_id, w.lot) w.product_id, w.lot, x.item ->> 'gtin' as gtin
  from unnest($::uuid[], $::text[]) w (product_id, lot)
  cross join lateral (select m.event_id, m.at
  from stock_movement m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = w.product_id and m.lot = w.lot and m.disposition = 'sellable_accessible' and m.quantity > 0
  order by m.unit, m.stint, m.at, m.event_id
  limit $) m join event e on e.chain_id = $::uuid and e.id = m.event_id
  cross join jsonb_array_elements(e.movement -> 'items') x (item)
  where e.chain_id = $::uuid and x.item ->> 'product_id' = w.product_id::text and coalesce(x.item ->> 'lot', '') = w.lot and x.item ->> 'gtin' is not null
  order by w.product_id, w.lot, m.at, m.event_id;

select distinct p.item as parent
  from event_item p
  where p.chain_id = $::uuid and p.role = 'parent' and p.event_id = any(array(select c.event_id
  from event_item c
  where c.chain_id = $::uuid and c.item = any($::text[]) and c.role = 'child' and c.capturer_id = $::uuid))
  order by parent
  limit $;

select distinct split_part(name, ' ', 1) as name
  from stock_unknown
  where chain_id = $::uuid and owner_id = $::uuid and what in ('goods', 'unit')
  order by name
  limit $;

select distinct substring(item
  from $) as "gtin", "lot"
  from "recall_line"
  where "chain_id" = $ and "owner_id" = $ and "recall_id" = $ and item ~ $
  order by "lot"
  limit $;

select distinct x.item ->> 'product_id' as product_id, x.item ->> 'gtin' as gtin, x.item ->> 'lot' as lot
  from event_item i join event e on e.chain_id = i.chain_id and e.id = i.event_id
  cross join jsonb_array_elements(e.movement -> 'items') x (item)
  where i.chain_id = $::uuid and i.item = any($::text[]) and e.chain_id = $::uuid and e.movement ->> 'owner_id' = $
  limit $;

select e.body, e.movement, e.event_time, e.recorded_at, v.by_event_id as withdrawn_by
  from event e
  left join event_void v on v.chain_id = e.chain_id and v.event_id = e.id
  where e.chain_id = $::uuid and e.id = $::uuid and e.capturer_id = $::uuid and e.movement is not null and not e.declares_error and e.biz_step = $;

select e.id as event_id, e.type, e.action, e.event_time, n.as_parent, i.place, i.item, i.role, i.by_class, i.quantity::text as quantity, i.uom
  from (select m.event_id, bool_or(m.role = 'parent') as as_parent
  from event_item m
  where m.chain_id = $::uuid and m.item = any($::text[]) and m.capturer_id = $::uuid and m.role in ('epc', 'parent', 'child', 'input')
  group by m.event_id) n join event e on e.chain_id = $::uuid and e.id = n.event_id join event_item i on i.chain_id = $::uuid and i.event_id = e.id and i.role in ('epc', 'parent', 'child', 'input') and (n.as_parent or i.role = 'parent' or i.item = any($::text[]))
  where (e.type in ('AggregationEvent', 'TransformationEvent') or (e.type = 'ObjectEvent' and e.action = 'DELETE')) and e.event_time <= $::timestamptz and not e.declares_error and not exists (select 1
  from event_void v
  where v.chain_id = $::uuid and v.event_id = e.id)
  order by e.id, i.place
  limit $;

select e.id, c.n::integer as place, c.text
  from event e, jsonb_array_elements_text(e.body -> 'childEPCs') with ordinality c (text, n)
  where e.chain_id = $::uuid and e.id = any($::uuid[]);

select e.id, e.body as event
  from event e
  where e.chain_id = $::uuid and e.event_time > $::timestamptz and e.capturer_id = $::uuid and e.movement is null
  order by e.event_time, e.id
  limit $;

select e.id, e.body as event
  from event e
  where e.chain_id = $::uuid and e.id > $::uuid and e.capturer_id = $::uuid and e.movement is null and not e.declares_error and e.event_time > $::timestamptz
  order by e.id
  limit $;

select e.id, e.body
  from event e
  where e.chain_id = $::uuid and e.id = any($::uuid[]) and e.capturer_id = $::uuid and e.movement is null and not e.declares_error
  order by e.id;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time , e.id rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."event_uri" = any($::text[])
  order by e.event_time , e.id
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time , e.id;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from (select distinct i.event_time as named_at, i.event_id
  from event_item i
  where i.chain_id = $::uuid and "i"."item" = any($::text[])) n join event e on e.chain_id = $::uuid and e.id = n.event_id
  where e.chain_id = $::uuid and "e"."action" = any($::text[]) and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from (select distinct i.event_time as named_at, i.event_id
  from event_item i
  where i.chain_id = $::uuid and ("i"."item" = any($::text[]) or (i.item >= $ and i.item < $))) n join event e on e.chain_id = $::uuid and e.id = n.event_id
  where e.chain_id = $::uuid and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from (select distinct i.event_time as named_at, i.event_id
  from event_item i
  where i.chain_id = $::uuid and ("i"."item" = any($::text[]))) n join event e on e.chain_id = $::uuid and e.id = n.event_id
  where e.chain_id = $::uuid and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."biz_location" = any($::text[]) and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."biz_step" = any($::text[]) and "e"."event_time" >= $::timestamptz and (e.event_time, e.id) < ($::timestamptz, $::uuid) and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."biz_step" = any($::text[]) and "e"."event_time" >= $::timestamptz and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."biz_step" = any($::text[]) and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."event_time" < $::timestamptz and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."event_time" >= $::timestamptz and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."event_uri" = any($::text[])
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."read_point" = any($::text[]) and "e"."recorded_at" < $::timestamptz and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."type" = any($::text[]) and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and (e.event_time, e.id) < ($::timestamptz, $::uuid) and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and e.declares_error and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.event_time desc, e.id desc rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time desc, e.id desc
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.event_time desc, e.id desc;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.id , e.id rows unbounded preceding) as so_far
  from event e
  where e.chain_id = $::uuid and "e"."biz_step" = any($::text[]) and e.id >= $::uuid and e.recorded_at >= $::timestamptz and not exists (select 1
  from subscription_event s
  where s.chain_id = e.chain_id and s.subscription_id = $::uuid and s.event_id = e.id) and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.id , e.id
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.id , e.id;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from ( select e.*, sum(e.body_bytes) over (order by e.recorded_at , e.id rows unbounded preceding) as so_far
  from (select distinct i.event_time as named_at, i.event_id
  from event_item i
  where i.chain_id = $::uuid and ("i"."item" = any($::text[]))) n join event e on e.chain_id = $::uuid and e.id = n.event_id
  where e.chain_id = $::uuid and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.recorded_at , e.id
  limit $) e
  where e.so_far - e.body_bytes < $
  order by e.recorded_at , e.id;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes
  from event e
  where e.chain_id = $::uuid and e.id = any($::uuid[])
  order by e.id;

select e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body, e.prefixes, e.body_bytes, e.event_uri, e.movement is not null as is_trade
  from event e
  where e.chain_id = $::uuid and e.id = $::uuid;

select entry_id::text || ' ' || currency as subject, '0' as expected, sum(amount_minor)::text as found
  from entry_line
  where chain_id = $ and owner_id = $
  group by entry_id, currency
  having sum(amount_minor) <> 0
  limit $;

select event_id
  from event_item
  where chain_id = $::uuid and event_id = any($::uuid[]) and role = 'epc'
  group by event_id
  having bool_and(by_class);

select event_id
  from stock_unknown
  where chain_id = $::uuid and owner_id = $::uuid and what = 'container' and event_id = any($::uuid[])
  group by event_id
  order by min(recorded_at), event_id
  limit $;

select event_id
  from stock_unknown
  where chain_id = $::uuid and owner_id = $::uuid and what = 'container'
  group by event_id
  order by min(recorded_at), event_id
  limit $;

select event_id, by_event_id
  from event_void
  where chain_id = $::uuid and event_id = any($::uuid[])
  union select v.event_id, v.by_event_id
  from event d join event o on o.chain_id = d.chain_id and o.event_uri = d.event_uri and o.capturer_id = d.capturer_id and not o.declares_error join event_void v on v.chain_id = o.chain_id and v.event_id = o.id
  where d.chain_id = $::uuid and d.id = any($::uuid[]);

select f.event_time, f.capturer_id, f.biz_step, f.read_point, f.biz_location, f.body -> 'sourceList' as sources, f.body -> 'destinationList' as destinations, f.body -> 'ilmd' as ilmd, (select min(x ->> 'best_before')
  from jsonb_array_elements(f.movement -> 'items') x
  where x ->> 'gtin' = $ and x ->> 'lot' = $) as best_before
  from (select n.*, sum(n.body_bytes) over (rows unbounded preceding) as so_far
  from (select e.*
  from (select distinct i.event_id
  from event_item i
  where i.chain_id = $::uuid and i.item = $ and i.role in ('epc', 'child', 'output') and i.capturer_id = any($::uuid[]) and $::uuid = any(i.parties)) m join event e on e.chain_id = $::uuid and e.id = m.event_id
  where e.chain_id = $::uuid and not e.declares_error and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  order by e.event_time, e.id
  limit $) n) f
  where f.so_far <= $
  order by f.event_time, f.id;

select id, gln, stock_stint as stint, stock_since as since
  from place
  where chain_id = $::uuid and owner_id = $::uuid and stock_kept_by = 'events'
  order by id
  limit $;

select id, gln, stock_stint as stint, stock_since as since
  from place
  where chain_id = $::uuid and owner_id = $::uuid and stock_kept_by = 'events'
  order by id
  limit $ for key share;

select id, gln, stock_stint as stint, stock_since as since
  from place
  where chain_id = $::uuid and owner_id = $::uuid and stock_kept_by = 'events'
  order by id
  limit $ for update;

select id, stock_kept_by as kept_by, stock_stint as stint
  from place
  where chain_id = $::uuid and id = any($::uuid[])
  order by id for key share;

select l.notice_id, l.is_own, l.unit, coalesce(sum(l.quantity), 0)::text as listed, coalesce(sum(a.kept), 0)::text as kept, coalesce(sum(a.destroyed), 0)::text as destroyed, coalesce(sum(a.passed_on), 0)::text as passed_on, coalesce(sum(a.missing), 0)::text as missing
  from recall_line l
  left join lateral ( select kept, destroyed, passed_on, missing
  from recall_answer
  where chain_id = $::uuid and notice_id = l.list_id and line_no = l.line_no
  order by id desc
  limit 1) a on true
  where l.chain_id = $::uuid and l.list_id = any($::uuid[])
  group by l.notice_id, l.is_own, l.unit
  order by l.notice_id, l.is_own, l.unit;

select l.notice_id, l.is_own, l.unit, coalesce(sum(l.quantity), 0)::text as listed, coalesce(sum(a.kept), 0)::text as kept, coalesce(sum(a.destroyed), 0)::text as destroyed, coalesce(sum(a.passed_on), 0)::text as passed_on, coalesce(sum(a.missing), 0)::text as missing
  from recall_line l
  left join lateral ( select kept, destroyed, passed_on, missing
  from recall_answer
  where chain_id = $::uuid and notice_id = l.list_id and line_no = l.line_no
  order by id desc
  limit 1) a on true
  where l.chain_id = $::uuid and l.recall_id = $::uuid
  group by l.notice_id, l.is_own, l.unit
  order by l.notice_id, l.is_own, l.unit;

select m.place_id, m.product_id, m.lot, m.disposition, m.unit, m.stint, m.at, m.event_id, m.kind, m.quantity, m.product_name, m.best_before, m.step, m.voided_by
  from stock_movement m join unnest($::uuid[], $::integer[]) p(id, stint) on p.id = m.place_id and p.stint = m.stint
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.event_id = any($::uuid[]);

select m.product_id, m.lot, min(e.event_time) filter (where m.quantity > 0 and not (m.kind = 'counted' or m.step in ('cycle_counting', 'stock_taking'))) as came, min(e.event_time) filter (where m.quantity > 0) as known, min(e.event_time) filter (where m.quantity < 0 and not (m.kind = 'counted' or m.step in ('cycle_counting', 'stock_taking'))) as left, max(e.event_time) filter (where m.quantity < 0 and not (m.kind = 'counted' or m.step in ('cycle_counting', 'stock_taking'))) as left_last
  from unnest($::uuid[], $::text[]) w (product_id, lot) join stock_movement m on m.product_id = w.product_id and m.lot = w.lot join event e on e.chain_id = m.chain_id and e.id = m.event_id
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.step not in ('holding', 'inspecting') and e.chain_id = $::uuid and not e.declares_error and e.id is distinct
  from $::uuid and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id)
  group by m.product_id, m.lot;

select max("r"."first_sent_at") as "first_sent_at", max("r"."known_at") as "known_at"
  from "recall_line" as "l"
  inner join "recall" as "r" on "r"."chain_id" = "l"."chain_id" and "r"."id" = "l"."recall_id"
  where "l"."chain_id" = $ and "l"."owner_id" = $ and "r"."chain_id" = $ and "r"."owner_id" = $ and "r"."first_sent_at" is not null and "r"."closed_at" is null and l.item = any($::text[]);

select o.body as event
  from event_void v join event o on o.chain_id = v.chain_id and o.id = v.event_id
  where v.chain_id = $::uuid and v.by_event_id = any($::uuid[]) and v.capturer_id = $::uuid;

select o.place_id, o.product_id, o.lot, o.disposition, o.unit, o.quantity
  from stock_opening o join place p on p.chain_id = o.chain_id and p.id = o.place_id and p.stock_stint = o.stint
  where o.chain_id = $::uuid and o.owner_id = $::uuid and p.chain_id = $::uuid;

select o.quantity, p.stock_since as since, p.stock_stint as stint
  from place p
  left join stock_opening o on o.chain_id = p.chain_id and o.owner_id = p.owner_id and o.place_id = p.id and o.stint = p.stock_stint and o.product_id = $::uuid and o.lot = $ and o.disposition = $ and o.unit = $
  where p.chain_id = $::uuid and p.id = $::uuid and p.owner_id = $::uuid;

select p.id, p.stock_kept_by as kept_by, p.stock_stint as stint
  from place p
  where p.chain_id = $::uuid and p.owner_id = $::uuid and (p.id = $::uuid or p.gln = (select o.gln
  from place o
  where o.chain_id = $::uuid and o.id = $::uuid))
  order by p.id for update of p;

select p.id::text as subject, coalesce(sum(a.amount_minor), 0)::text as expected, p.allocated_minor::text as found
  from payment p
  left join payment_allocation a on a.chain_id = p.chain_id and a.payment_id = p.id and a.chain_id = $
  where p.chain_id = $ and (p.payer_id = $ or p.payee_id = $)
  group by p.id, p.allocated_minor
  having coalesce(sum(a.amount_minor), 0) <> p.allocated_minor
  limit $;

select place_id, product_id, lot, disposition, unit, quantity
  from stock
  where chain_id = $::uuid and owner_id = $::uuid;

select r.event_id
  from ( select i.event_id, min(i.item) as name, min(i.event_time) as at
  from event_item i join event e on e.chain_id = $::uuid and e.id = i.event_id
  where i.chain_id = $::uuid and i.item = any($::text[]) and i.event_time >= ($::timestamptz[])[array_position($::text[], i.item)] and i.role in ('epc', 'input', 'output') and i.capturer_id = $::uuid and i.event_id <> all($::uuid[]) and e.movement is null and not e.declares_error and (e.type = 'TransformationEvent' or (e.type = 'ObjectEvent' and (e.action = 'DELETE' or e.biz_step = any($::text[]))))
  group by i.event_id) r
  order by r.event_id
  limit $;

select r.number || ' ' || held.name as subject, held.expected::text, held.found::text
  from receivable r
  left join lateral ( select coalesce(sum(amount_minor) filter (where toward = 'principal'), 0) as paid, coalesce(sum(amount_minor) filter (where toward = 'interest'), 0) as interest
  from payment_allocation
  where chain_id = $ and chain_id = r.chain_id and receivable_id = r.id) a on true
  left join lateral ( select coalesce(sum(amount_minor), 0) as credited
  from receivable_credit
  where chain_id = $ and chain_id = r.chain_id and receivable_id = r.id) c on true
  left join lateral ( select coalesce(sum(amount_minor), 0) as disputed
  from receivable_dispute
  where chain_id = $ and chain_id = r.chain_id and receivable_id = r.id and state = 'open') d on true
  cross join lateral (values ('paid', a.paid, r.paid_minor), ('interest_paid', a.interest, r.interest_paid_minor), ('credited', c.credited, r.credited_minor), ('disputed', d.disputed, r.disputed_minor), ('open', r.total_minor - c.credited - a.paid, r.open_minor) ) as held (name, expected, found)
  where r.chain_id = $ and (r.seller_id = $ or r.buyer_id = $) and held.expected <> held.found
  limit $;

select s.place_id, s.product_id, s.lot, s.disposition, s.unit, s.quantity, s.counted_at
  from stock s join unnest( $::uuid[], $::uuid[], $::text[], $::text[], $::text[], $::integer[]) as k(place_id, product_id, lot, disposition, unit, stint) on s.place_id = k.place_id and s.product_id = k.product_id and s.lot = k.lot and s.disposition = k.disposition and s.unit = k.unit
  where s.chain_id = $::uuid and s.owner_id = $::uuid
  order by s.place_id, s.product_id, s.lot collate "C", s.disposition collate "C", s.unit collate "C" for update of s;

select s.place_id, s.product_id, s.product_name, s.lot, s.unit, trim_scale(h.quantity) as held, case when s.quantity < 0 then 'left' else 'counted' end as what, trim_scale(abs(s.quantity)) as quantity
  from stock h join stock s on s.chain_id = h.chain_id and s.owner_id = h.owner_id and s.place_id = h.place_id and s.product_id = h.product_id and s.lot = h.lot and s.unit = h.unit and s.disposition = 'sellable_accessible' and (s.quantity < 0 or (s.quantity > 0 and s.counted_at > h.changed_at))
  where h.chain_id = $::uuid and h.owner_id = $::uuid and h.disposition = 'recalled' and h.quantity > 0
  order by s.changed_at desc, s.product_id, s.lot
  limit $;

select v.event_id, array_agg(distinct i.item) as items
  from event_void v join event_item i on i.chain_id = $::uuid and i.event_id = v.event_id and i.role in ('epc', 'parent', 'child', 'input', 'output', 'transformation')
  where v.chain_id = $::uuid and v.recorded_at >= $::timestamptz
  group by v.event_id
  limit $;

select w.product_id, w.lot, w.unit
  from unnest($::uuid[], $::text[], $::text[]) w (product_id, lot, unit)
  where exists (select 1
  from place p
  where p.chain_id = $::uuid and p.id = $::uuid and p.stock_stint > 0 and p.stock_since > $::timestamptz) or exists (select 1
  from stock_movement m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = w.product_id and m.lot = w.lot and m.unit = w.unit and m.disposition = 'sellable_accessible' and m.at > $::timestamptz and (m.kind = 'counted' or m.step in ('cycle_counting', 'stock_taking')));

select what, name, count(*)::integer as events, min(at) as first_at, max(at) as last_at, (array_agg(event_id
  order by at desc, event_id))[1] as event_id
  from stock_unknown
  where chain_id = $::uuid and owner_id = $::uuid and (what, name) > ($, $ collate "C")
  group by what, name
  order by what, name
  limit $;

update "account_erasure"
  set "begun_at" = $, "blocked_chain_id" = $, "blocked_party_id" = $
  where "user_id" = $ and "erased_at" is null;

update "account_erasure"
  set "erased_at" = $
  where "user_id" = $;

update "api_key"
  set "revoked_at" = $
  where "chain_id" = $ and "party_id" = $ and "id" = $ and "revoked_at" is null
  returning "name";

update "api_key"
  set "secret_hash" = $, "previous_hash" = $, "rotated_at" = $, "previous_until" = $
  where "chain_id" = $ and "id" = $;

update "api_key"
  set "used_at" = $
  where "chain_id" = $ and "id" = $;

update "bank_statement_line"
  set "payment_id" = $
  where "chain_id" = $ and "id" = $;

update "bank_statement_line"
  set "set_aside_at" = $
  where "chain_id" = $ and "id" = $;

update "collection"
  set "state" = $, "version" = $, "changed_at" = $
  where "chain_id" = $ and "id" = $;

update "collection_ask"
  set "collection_state" = $, "changed_at" = $
  where "chain_id" = $ and "collection_id" = $;

update "collection_ask"
  set "reminders" = "reminders" + $, "reminded_on" = $, "changed_at" = $
  where "chain_id" = $ and "id" in ($, …);

update "collection_ask"
  set "state" = $, "accepted_id" = $, "changed_at" = $
  where "chain_id" = $ and "id" = $;

update "collection_ask"
  set "state" = $, "changed_at" = $
  where "chain_id" = $ and "id" = $;

update "collection_ask"
  set "state" = $, "report_id" = $, "first_submitted_on" = $, "changed_at" = $
  where "chain_id" = $ and "id" = $;

update "consumer_warning"
  set "withdrawn_at" = $
  where "chain_id" = $ and "id" = $;

update "despatch"
  set "state" = $, "received_at" = $
  where "chain_id" = $ and "id" = $ and "state" = $;

update "dispute"
  set "state" = $, "closed_at" = $
  where "chain_id" = $ and "id" = $;

update "document"
  set "state" = $, "receiver_id" = $, "subject_id" = $, "changed_at" = $, "warnings" = $
  where "chain_id" = $ and "id" = $ and "owner_id" = $ and "state" in ($, …)
  returning "id";

update "file"
  set "bytes" = $, "name" = $, "size_bytes" = $, "erased_at" = $
  where "chain_id" = $ and "id" = $ and "owner_id" = $ and "erased_at" is null
  returning "parties", "sha256";

update "form"
  set "version" = $, "version_id" = $, "name_zh" = $, "name_en" = $, "changed_at" = $
  where "chain_id" = $ and "id" = $;

update "form_draft"
  set "content" = $, "version" = $, "changed_at" = $
  where "chain_id" = $ and "id" = $;

update "half_session"
  set "tries_left" = "tries_left" - $
  where "token_hash" = $ and "tries_left" > $ and "expires_at" > $
  returning "user_id" as "user", "first";

update "invitation"
  set "accepted_at" = $
  where "chain_id" = $ and "id" = $ and "secret_hash" = $ and "accepted_at" is null and "withdrawn_at" is null and "expires_at" > $
  returning "inviter_id";

update "invitation"
  set "withdrawn_at" = $
  where "chain_id" = $ and "inviter_id" = $ and "id" = $ and "accepted_at" is null and "withdrawn_at" is null;

update "invoice"
  set "disputed_minor" = $
  where "chain_id" = $ and "id" = $;

update "member"
  set "status" = $, "joined_at" = $
  where "chain_id" = $ and "party_id" = $ and "status" = $;

update "objection_mark"
  set "note" = $
  where "chain_id" = $ and "request_id" = $;

update "objection_mark"
  set "state" = $, "answered_at" = $
  where "chain_id" = $ and "request_id" = $;

update "oidc_link" as "l"
  set "used_at" = $, "label" = $
  from "user_account" as "u"
  where "u"."id" = "l"."user_id" and "u"."disabled_at" is null and "l"."issuer" = $ and "l"."subject" = $
  returning "l"."user_id";

update "passkey"
  set "counter" = $, "used_at" = $
  where "credential_id" = $ and "counter" = $;

update "payment"
  set "allocated_minor" = $
  where "chain_id" = $ and "id" = $;

update "payment"
  set "allocated_minor" = $, "state" = $, "confirmed_at" = $
  where "chain_id" = $ and "id" = $;

update "payment"
  set "state" = $, "reason" = $
  where "chain_id" = $ and "id" = $;

update "product"
  set "name_zh" = $, "changed_at" = $
  where "chain_id" = $ and "id" = $;

update "purchase_order"
  set "state" = $, "version" = $, "changed_at" = $, "due_on" = $, "line_count" = $, "net_minor" = $, "tax_minor" = $, "total_minor" = $
  where "chain_id" = $ and "id" = $;

update "query_subscription"
  set "attempts" = $, "failing_since" = $, "run_documents" = "run_documents" + $, "batch_events" = least($, "batch_events" + $), "last_notified_at" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and "initial_record_time" = $ and "attempts" = $
  returning "id";

update "query_subscription"
  set "attempts" = $, "failing_since" = $, "run_documents" = "run_documents" + $, "last_notified_at" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and "initial_record_time" = $ and "attempts" = $
  returning "id";

update "query_subscription"
  set "attempts" = $, "failing_since" = coalesce("failing_since", $), "due_at" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and "initial_record_time" = $ and "attempts" = $ and "state" = $
  returning "failing_since";

update "query_subscription"
  set "batch_events" = $, "attempts" = $, "failing_since" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and "initial_record_time" = $ and "attempts" = $
  returning "query_name";

update "query_subscription"
  set "initial_record_time" = $, "position" = $, "reached" = $, "swept_at" = $, "state" = $, "off_reason" = $, "attempts" = $, "failing_since" = $, "run_documents" = $, "due_at" = $, "lease_id" = $, "lease_until" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $
  returning "id", "query_name", "dest", "epc_format", "initial_record_time", "report_if_empty", "schedule", "state", "off_reason", "position", "last_notified_at", "failing_since", "created_at";

update "query_subscription"
  set "lease_id" = $, "lease_until" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and "lease_id" = $;

update "query_subscription"
  set "lease_id" = $, "lease_until" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and ("lease_until" is null or "lease_until" <= $ or "lease_id" = $)
  returning "id", "position", "reached", "swept_at", "initial_record_time", "query_name", "dest", "sealed_token", "epc_format", "report_if_empty", "schedule", "state", "run_documents", "batch_events", "attempts", "due_at";

update "query_subscription"
  set "position" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $;

update "query_subscription"
  set "reached" = $, "swept_at" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $;

update "query_subscription"
  set "run_documents" = $, "due_at" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and "state" = $;

update "query_subscription"
  set "state" = $, "off_reason" = $, "due_at" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and "state" = $
  returning "dest", "query_name";

update "recall"
  set "closed_at" = $, "outcome" = $
  where "chain_id" = $ and "id" = $;

update "recall"
  set "first_sent_at" = $
  where "chain_id" = $ and "id" = $;

update "recall_line"
  set "shown_to_id" = $
  where "chain_id" = $ and "recall_id" = $ and "list_id" = $;

update "recall_notice"
  set "acknowledged_at" = $
  where "chain_id" = $ and "id" = $;

update "recall_notice"
  set "answered_at" = $, "acknowledged_at" = $
  where "chain_id" = $ and "id" = $;

update "recall_notice"
  set "closed_at" = $
  where "chain_id" = $ and "recall_id" = $;

update "recall_notice"
  set "shown_to_id" = $, "addressee_id" = $, "note" = $, "sent_at" = $, "told_by" = $
  where "chain_id" = $ and "id" = $;

update "receivable"
  set "credited_minor" = $, "disputed_minor" = $, "settled_on" = $, "open_minor" = $
  where "chain_id" = $ and "id" = $;

update "receivable"
  set "disputed_minor" = $, "open_minor" = $, "settled_on" = $
  where "chain_id" = $ and "id" = $;

update "receivable"
  set "due_on" = $, "statutory_due_on" = $, "start_rule" = $, "term_rule" = $, "clock_start_on" = $, "accepted_on" = $
  where "chain_id" = $ and "id" = $;

update "receivable"
  set "paid_minor" = $, "interest_paid_minor" = $, "settled_on" = $, "open_minor" = $
  where "chain_id" = $ and "id" = $;

update "receivable_dispute"
  set "state" = $, "closed_on" = $
  where "chain_id" = $ and "receivable_id" = $ and "state" = $ and "id" = $;

update "recovery_code"
  set "used_at" = $
  where "user_id" = $ and "code_hash" = $ and "used_at" is null;

update "release"
  set "planned_at" = $, "held_at" = $, "held_because" = $
  where "chain_id" = $ and "id" = $;

update "release"
  set "published_at" = $, "is_published" = $
  where "chain_id" = $ and "id" = $;

update "release"
  set "published_at" = $, "is_published" = $, "held_at" = $, "held_because" = $
  where "chain_id" = $ and "id" = $;

update "release"
  set "withdrawn_at" = $, "withdrawal_reason" = $
  where "chain_id" = $ and "id" = $;

update "report_draft"
  set "answers" = $, "notes" = $, "minutes" = $, "version" = $, "changed_at" = $
  where "chain_id" = $ and "ask_id" = $;

update "report_draft"
  set "state" = $, "handed_by" = $, "version" = $, "changed_at" = $
  where "chain_id" = $ and "ask_id" = $;

update "report_draft"
  set "state" = $, "minutes" = $, "handed_by" = $, "changed_at" = $, "version" = $, "answers" = $, "evidence" = $, "notes" = $, "corrects_id" = $, "reason" = $
  where "chain_id" = $ and "ask_id" = $;

update "report_draft"
  set "state" = $, "version" = $, "changed_at" = $
  where "chain_id" = $ and "ask_id" = $;

update "rights_request"
  set "agreement_id" = $
  where "chain_id" = $ and "id" = $;

update "rights_request"
  set "note" = $, "noted_at" = $
  where "chain_id" = $ and "id" = $ and "kind" = $ and "state" = $ and "note" is null;

update "rights_request"
  set "state" = $
  where "chain_id" = $ and "requester_id" = $ and "kind" = $ and "state" = $ and "due_on" < $;

update "rights_request"
  set "state" = $, "answered_at" = $
  where "chain_id" = $ and "id" = $ and "state" = $;

update "rights_request"
  set "state" = $, "answered_at" = $, "answered_by" = $, "answer" = $
  where "chain_id" = $ and "id" = $ and "state" = $;

update "seat"
  set "ended_at" = $
  where "chain_id" = $ and "party_id" = $ and "user_id" = $;

update "seat"
  set "ended_at" = $
  where "chain_id" = $ and "party_id" = $ and "user_id" = $ and "ended_at" is null;

update "security_event"
  set "detail" = $
  where "user_id" = $ and "kind" in ($, …);

update "session"
  set "factor_at" = $
  where "user_id" = $ and "id" = $;

update "session"
  set "proved_at" = $
  where "user_id" = $ and "id" = $;

update "sharing_agreement"
  set "revoked_at" = $
  where "chain_id" = $ and "id" = $ and "owner_id" = $ and "revoked_at" is null
  returning "reader_id", "scope";

update "sign_in_budget"
  set "tries" = greatest(0, tries - 1)
  where "budget_hash" = $;

update "stock"
  set "product_name" = $
  where "chain_id" = $ and "owner_id" = $ and "product_id" = $;

update "stock"
  set "quantity" = $, "changed_at" = $
  where "chain_id" = $ and "owner_id" = $ and "place_id" = $ and "product_id" = $ and "lot" = $ and "disposition" = $ and "unit" = $;

update "stock_name"
  set "product_name" = $
  where "chain_id" = $ and "owner_id" = $ and "product_id" = $;

update "subscription_event"
  set "state" = $
  where "chain_id" = $ and "subscription_id" = $ and "event_id" in ($, …) and "state" = $;

update "supply_agreement"
  set "state" = $, "agreed_at" = $
  where "chain_id" = $ and "id" = $ and "state" = $;

update "supply_agreement"
  set "state" = $, "ended_at" = $
  where "chain_id" = $ and "id" = $ and "state" = $;

update "totp"
  set "last_step" = $
  where "user_id" = $ and "last_step" < $;

update "totp"
  set "last_step" = $, "confirmed_at" = $
  where "user_id" = $ and "last_step" < $;

update "user_account"
  set "login" = $, "name" = $, "password_hash" = $, "disabled_at" = $
  where "id" = $;

update "user_account"
  set "password_hash" = $, "password_due" = $
  where "id" = $;

update "webhook"
  set "due_at" = $
  where "chain_id" = $ and "id" = $;

update "webhook"
  set "due_at" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $;

update "webhook"
  set "failing_since" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $
  returning "failing_since";

update "webhook"
  set "failing_since" = coalesce("failing_since", $)
  where "chain_id" = $ and "owner_id" = $ and "id" = $
  returning "failing_since";

update "webhook"
  set "lease_id" = $, "lease_until" = $, "due_at" = $
  where "chain_id" = $ and "id" = $ and "lease_id" = $;

update "webhook"
  set "lease_id" = $, "lease_until" = $, "due_at" = coalesce("due_at", $)
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and ("lease_until" is null or "lease_until" <= $ or "lease_id" = $)
  returning "url", "state", "kinds", "position", "sealed_secret", "previous_sealed_secret", "previous_until";

update "webhook"
  set "position" = $
  where "chain_id" = $ and "id" = $;

update "webhook"
  set "position" = least("position", $)
  where "chain_id" = $ and "id" = $;

update "webhook"
  set "previous_sealed_secret" = "sealed_secret", "sealed_secret" = $, "rotated_at" = $, "previous_until" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $
  returning "id", "url", "description", "kinds", "state", "off_reason", "position", "failing_since", "rotated_at", "previous_until", "created_at";

update "webhook"
  set "state" = $, "off_reason" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $ and "state" = $
  returning "url";

update "webhook"
  set "state" = $, "off_reason" = $, "due_at" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $
  returning "id", "url", "description", "kinds", "state", "off_reason", "position", "failing_since", "rotated_at", "previous_until", "created_at";

update "webhook"
  set "url" = $, "state" = $, "off_reason" = $, "failing_since" = $, "due_at" = $
  where "chain_id" = $ and "owner_id" = $ and "id" = $
  returning "id", "url", "description", "kinds", "state", "off_reason", "position", "failing_since", "rotated_at", "previous_until", "created_at";

update "webhook_message"
  set "attempts" = $, "next_at" = $
  where "chain_id" = $ and "webhook_id" = $ and "state" = $;

update "webhook_message"
  set "next_at" = $, "done_at" = $
  where "chain_id" = $ and "id" = $;

update "webhook_message"
  set "state" = $, "attempts" = $, "last_at" = $, "last_status" = $, "last_error" = $, "last_excerpt" = $, "done_at" = $
  where "chain_id" = $ and "id" = $ and "state" = $ and "attempts" = $;

update "webhook_message"
  set "state" = $, "attempts" = $, "last_at" = $, "last_status" = $, "last_error" = $, "last_excerpt" = $, "done_at" = $, "next_at" = $
  where "chain_id" = $ and "id" = $ and "state" = $ and "attempts" = $;

update "webhook_message"
  set "state" = $, "done_at" = $
  where "chain_id" = $ and "id" = $;

update "webhook_message"
  set "state" = $, "done_at" = $
  where "chain_id" = $ and "id" = $ and "state" = $;

update despatch_line l
  set accepted = v.accepted, short = v.short, damaged = v.damaged, turned_away = v.turned_away
  from jsonb_to_recordset($::jsonb) as v( line_no int, accepted numeric, short numeric, damaged numeric, turned_away numeric)
  where l.chain_id = $ and l.despatch_id = $ and l.line_no = v.line_no;

update order_line l
  set quantity = v.quantity, price = v.price, net_minor = v.net_minor, state = v.state, requested = v.requested, offered = v.offered, offered_price = v.offered_price, promised = v.promised, first_promise = coalesce(l.first_promise, v.first_promise), first_promised_at = coalesce(l.first_promised_at, v.first_promised_at), reason = v.reason, despatched = v.despatched, accepted = v.accepted, short = v.short, damaged = v.damaged, turned_away = v.turned_away, returned = v.returned, invoiced = v.invoiced
  from jsonb_to_recordset($::jsonb) as v( line_no int, quantity numeric, price numeric, net_minor bigint, state text, requested jsonb, offered jsonb, offered_price numeric, promised jsonb, first_promise jsonb, first_promised_at timestamptz, reason text, despatched numeric, accepted numeric, short numeric, damaged numeric, turned_away numeric, returned numeric, invoiced numeric)
  where l.chain_id = $ and l.order_id = $ and l.line_no = v.line_no;

update place
  set stock_kept_by = $, stock_stint = $::integer, stock_since = $::timestamptz
  where chain_id = $::uuid and id = $::uuid;

update stock s
  set quantity = f.sum, counted_at = f.last_count, negative_event_id = f.taken_by, changed_at = $::timestamptz
  from ( select k.*, f.quantity as sum, f.counted as last_count, case when f.quantity < 0 then f.taken_by end as taken_by
  from unnest( $::uuid[], $::uuid[], $::text[], $::text[], $::text[], $::integer[]) as k(place_id, product_id, lot, disposition, unit, stint)
  cross join lateral ( select coalesce(c.quantity, o.quantity, 0) + coalesce(b.moved, 0) as quantity, c.at as counted, coalesce(t.event_id, o.negative_event_id) as taken_by
  from (values (1)) one
  left join lateral (select m.at, m.quantity
  from stock_movement m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = k.place_id and m.product_id = k.product_id and m.lot = k.lot and m.disposition = k.disposition and m.unit = k.unit and m.stint = k.stint and m.voided_by is null and m.kind = 'counted'
  order by m.at desc, m.event_id desc
  limit 1) c on true
  left join lateral (select m.quantity, m.negative_event_id
  from stock_opening m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = k.place_id and m.product_id = k.product_id and m.lot = k.lot and m.disposition = k.disposition and m.unit = k.unit and m.stint = k.stint) o on true
  left join lateral (select sum(m.quantity) as moved
  from stock_movement m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = k.place_id and m.product_id = k.product_id and m.lot = k.lot and m.disposition = k.disposition and m.unit = k.unit and m.stint = k.stint and m.voided_by is null and m.kind = 'moved' and (c.at is null or m.at > c.at)) b on true
  left join lateral (select m.event_id
  from stock_movement m
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = k.place_id and m.product_id = k.product_id and m.lot = k.lot and m.disposition = k.disposition and m.unit = k.unit and m.stint = k.stint and m.voided_by is null and m.kind = 'moved' and m.quantity < 0
  order by m.at desc, m.event_id desc
  limit 1) t on true) f) f
  where s.chain_id = $::uuid and s.owner_id = $::uuid and s.place_id = f.place_id and s.product_id = f.product_id and s.lot = f.lot and s.disposition = f.disposition and s.unit = f.unit;

update stock s
  set quantity = n.quantity, negative_event_id = null, changed_at = $::timestamptz
  from (select *, row_number() over () as n
  from unnest( $::uuid[], $::uuid[], $::text[], $::text[], $::text[], $::integer[]) as k(place_id, product_id, lot, disposition, unit, stint)) k join unnest($::numeric[]) with ordinality n(quantity, n) on n.n = k.n
  where s.chain_id = $::uuid and s.owner_id = $::uuid and s.place_id = k.place_id and s.product_id = k.product_id and s.lot = k.lot and s.disposition = k.disposition and s.unit = k.unit;

update stock
  set counted_at = null
  where chain_id = $::uuid and owner_id = $::uuid and place_id = $::uuid and counted_at is not null;

update stock_movement m
  set voided_by = v.by_event_id
  from unnest($::uuid[], $::uuid[]) v(event_id, by_event_id)
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.event_id = v.event_id and m.voided_by is null
  returning m.place_id, m.product_id, m.lot, m.disposition, m.unit, m.stint, m.product_name, m.best_before;

with "part" as (select "r"."id", "r"."currency", "a"."amount_minor", greatest(0, a.paid_on - r.due_on) as "days_late", 0::bigint as "late_now_minor"
  from "receivable" as "r"
  inner join "payment_allocation" as "a" on "a"."chain_id" = "r"."chain_id" and "a"."receivable_id" = "r"."id"
  where r.chain_id = $ and r.buyer_id = $ and r.due_on between $ and $ and r.due_on <= $ and a.toward = 'principal' and a.chain_id = $
  union all select "r"."id", "r"."currency", r.open_minor - r.disputed_minor as "amount_minor", $::date - r.due_on as "days_late", case when r.due_on < $::date then r.open_minor - r.disputed_minor else 0 end as "late_now_minor"
  from "receivable" as "r"
  where r.chain_id = $ and r.buyer_id = $ and r.due_on between $ and $ and r.due_on <= $ and r.open_minor > r.disputed_minor), "invoice" as (select "currency", sum(amount_minor) as "amount_minor", sum(case when days_late = 0 then amount_minor else 0 end) as "on_time_minor", sum(amount_minor * days_late) as "minor_days_late", max(days_late) as "days_late", sum(late_now_minor) as "late_now_minor"
  from "part"
  group by "id", "currency") select "currency", count(*)::bigint as "invoices", (count(*) filter (where days_late = 0))::bigint as "invoices_on_time", sum(amount_minor)::bigint as "amount_minor", sum(on_time_minor)::bigint as "on_time_minor", sum(minor_days_late)::bigint as "minor_days_late", max(days_late)::int as "worst_days_late", sum(late_now_minor)::bigint as "late_now_minor"
  from "invoice"
  group by "currency"
  order by "currency";

with counts as materialized ( select m.at, e.recorded_at
  from stock_movement m join event e on e.chain_id = m.chain_id and e.id = m.event_id
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = $::uuid and m.lot = $ and m.disposition = $ and m.unit = $ and m.stint = $::integer and m.kind = 'counted' and m.voided_by is null) select m.at, m.event_id, m.kind, m.quantity, m.voided_by, m.step, e.recorded_at, v.recorded_at as voided_at, e.movement is not null as is_trade, e.declares_error as takes_back, e.body -> 'bizTransactionList' as documents, e.movement ->> 'reason' as reason, m.voided_by is null and m.kind = 'moved' and exists (select 1
  from counts c
  where c.at >= m.at and c.recorded_at < e.recorded_at) as is_late
  from stock_movement m join event e on e.chain_id = m.chain_id and e.id = m.event_id
  left join event_void v on v.chain_id = m.chain_id and v.event_id = m.event_id and m.voided_by is not null
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = $::uuid and m.lot = $ and m.disposition = $ and m.unit = $ and m.stint = $::integer and (m.at, case m.kind when 'counted' then 1 else 0 end, m.event_id) < ($::timestamptz, $::integer, $::uuid)
  order by m.at desc, case m.kind when 'counted' then 1 else 0 end desc, m.event_id desc
  limit $;

with counts as materialized ( select m.at, e.recorded_at
  from stock_movement m join event e on e.chain_id = m.chain_id and e.id = m.event_id
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = $::uuid and m.lot = $ and m.disposition = $ and m.unit = $ and m.stint = $::integer and m.kind = 'counted' and m.voided_by is null) select m.at, m.event_id, m.kind, m.quantity, m.voided_by, m.step, e.recorded_at, v.recorded_at as voided_at, e.movement is not null as is_trade, e.declares_error as takes_back, e.body -> 'bizTransactionList' as documents, e.movement ->> 'reason' as reason, m.voided_by is null and m.kind = 'moved' and exists (select 1
  from counts c
  where c.at >= m.at and c.recorded_at < e.recorded_at) as is_late
  from stock_movement m join event e on e.chain_id = m.chain_id and e.id = m.event_id
  left join event_void v on v.chain_id = m.chain_id and v.event_id = m.event_id and m.voided_by is not null
  where m.chain_id = $::uuid and m.owner_id = $::uuid and m.place_id = $::uuid and m.product_id = $::uuid and m.lot = $ and m.disposition = $ and m.unit = $ and m.stint = $::integer
  order by m.at desc, case m.kind when 'counted' then 1 else 0 end desc, m.event_id desc
  limit $;

with f as materialized ( select e.*, sum(e.body_bytes) over (order by e.id rows unbounded preceding) as so_far
  from (select e.id, e.type, e.action, e.event_time, e.body_bytes, e.declares_error, case when $::uuid = any(e.parties) then null else e.capturer_id end as capturer_id
  from event e
  where e.chain_id = $::uuid and e.id > $::uuid and e.id <= $::uuid
  order by e.id
  limit $) e), w as materialized ( select *
  from f
  where so_far - body_bytes < $) select (select w.id
  from w
  order by w.id desc
  limit 1) as last, (select count(*)
  from w) as looked_at, (select json_agg(json_build_array(w.id, w.type, w.action, w.event_time, w.capturer_id, m.mentions)
  order by w.id)::text
  from w, lateral ( select json_agg(json_build_array(i.item, i.role, i.by_class, i.quantity::text, i.uom)
  order by i.place) as mentions
  from event_item i
  where i.chain_id = $::uuid and i.event_id = w.id and i.role in ('epc', 'parent', 'child', 'input', 'output', 'transformation')) m
  where (w.type in ('AggregationEvent', 'AssociationEvent', 'TransformationEvent') or (w.type = 'ObjectEvent' and w.action = 'DELETE')) and m.mentions is not null and not w.declares_error and not exists (select 1
  from event_void v
  where v.chain_id = $::uuid and v.event_id = w.id)) as events;

with f as materialized ( select e.*, sum(e.body_bytes) over (order by e.id rows unbounded preceding) as so_far
  from (select e.id, e.type, e.action, e.event_time, e.body_bytes, e.declares_error, case when $::uuid = any(e.parties) then null else e.capturer_id end as capturer_id
  from event e
  where e.chain_id = $::uuid and e.id > $::uuid
  order by e.id
  limit $) e), w as materialized ( select *
  from f
  where so_far - body_bytes < $) select (select w.id
  from w
  order by w.id desc
  limit 1) as last, (select count(*)
  from w) as looked_at, (select json_agg(json_build_array(w.id, w.type, w.action, w.event_time, w.capturer_id, m.mentions)
  order by w.id)::text
  from w, lateral ( select json_agg(json_build_array(i.item, i.role, i.by_class, i.quantity::text, i.uom)
  order by i.place) as mentions
  from event_item i
  where i.chain_id = $::uuid and i.event_id = w.id and i.role in ('epc', 'parent', 'child', 'input', 'output', 'transformation')) m
  where (w.type in ('AggregationEvent', 'AssociationEvent', 'TransformationEvent') or (w.type = 'ObjectEvent' and w.action = 'DELETE')) and m.mentions is not null and not w.declares_error and not exists (select 1
  from event_void v
  where v.chain_id = $::uuid and v.event_id = w.id)) as events;

with f as materialized ( select e.*, sum(e.body_bytes) over (order by e.id rows unbounded preceding) as so_far
  from (select e.id, e.type, e.action, e.event_time, e.body_bytes, e.declares_error, case when $::uuid = any(e.parties) then null else e.capturer_id end as capturer_id
  from event e
  where e.chain_id = $::uuid
  order by e.id
  limit $) e), w as materialized ( select *
  from f
  where so_far - body_bytes < $) select (select w.id
  from w
  order by w.id desc
  limit 1) as last, (select count(*)
  from w) as looked_at, (select json_agg(json_build_array(w.id, w.type, w.action, w.event_time, w.capturer_id, m.mentions)
  order by w.id)::text
  from w, lateral ( select json_agg(json_build_array(i.item, i.role, i.by_class, i.quantity::text, i.uom)
  order by i.place) as mentions
  from event_item i
  where i.chain_id = $::uuid and i.event_id = w.id and i.role in ('epc', 'parent', 'child', 'input', 'output', 'transformation')) m
  where (w.type in ('AggregationEvent', 'AssociationEvent', 'TransformationEvent') or (w.type = 'ObjectEvent' and w.action = 'DELETE')) and m.mentions is not null and not w.declares_error and not exists (select 1
  from event_void v
  where v.chain_id = $::uuid and v.event_id = w.id)) as events;

with line as ( select account_code, counterparty_id, currency, sum(amount_minor) as amount
  from entry_line
  where chain_id = $ and owner_id = $
  group by account_code, counterparty_id, currency ), kept as ( select account_code, counterparty_id, currency, debit_minor - credit_minor as amount
  from account_balance
  where chain_id = $ and owner_id = $ ) select account_code || ' ' || counterparty_id || ' ' || currency as subject, coalesce(line.amount, 0)::text as expected, coalesce(kept.amount, 0)::text as found
  from line
  full join kept using (account_code, counterparty_id, currency)
  where coalesce(line.amount, 0) <> coalesce(kept.amount, 0)
  limit $;

with recursive found as ( (select "biz_location" as value
  from "event"
  where chain_id = $::uuid and true and $::uuid = any(parties) and "biz_location" is not null
  order by "biz_location"
  limit 1)
  union all select ((select "biz_location" as value
  from "event"
  where chain_id = $::uuid and true and $::uuid = any(parties) and "biz_location" > found.value
  order by "biz_location"
  limit 1))
  from found
  where found.value is not null ) select value
  from found
  where value is not null
  limit $;

with recursive found as ( (select "biz_step" as value
  from "event"
  where chain_id = $::uuid and true and $::uuid = any(parties) and "biz_step" is not null
  order by "biz_step"
  limit 1)
  union all select ((select "biz_step" as value
  from "event"
  where chain_id = $::uuid and true and $::uuid = any(parties) and "biz_step" > found.value
  order by "biz_step"
  limit 1))
  from found
  where found.value is not null ) select value
  from found
  where value is not null
  limit $;

with recursive found as ( (select "disposition" as value
  from "event"
  where chain_id = $::uuid and true and $::uuid = any(parties) and "disposition" is not null
  order by "disposition"
  limit 1)
  union all select ((select "disposition" as value
  from "event"
  where chain_id = $::uuid and true and $::uuid = any(parties) and "disposition" > found.value
  order by "disposition"
  limit 1))
  from found
  where found.value is not null ) select value
  from found
  where value is not null
  limit $;

with recursive found as ( (select "read_point" as value
  from "event"
  where chain_id = $::uuid and true and $::uuid = any(parties) and "read_point" is not null
  order by "read_point"
  limit 1)
  union all select ((select "read_point" as value
  from "event"
  where chain_id = $::uuid and true and $::uuid = any(parties) and "read_point" > found.value
  order by "read_point"
  limit 1))
  from found
  where found.value is not null ) select value
  from found
  where value is not null
  limit $;

with side as ( select account_code, currency, debit_minor - credit_minor as amount, case owner_id when $ then counterparty_id else owner_id end as partner, owner_id = $ as is_own
  from account_balance
  where chain_id = $ and owner_id <> counterparty_id and (owner_id = $ or counterparty_id = $) ), mirror (claim, duty) as (values ($::text, $::text)) select mirror.claim || ' ' || partner || ' ' || currency as subject, (-coalesce(sum(amount) filter (where not is_own), 0))::text as expected, coalesce(sum(amount) filter (where is_own), 0)::text as found
  from side join mirror on account_code in (mirror.claim, mirror.duty)
  group by mirror.claim, partner, currency, (account_code = mirror.claim) = is_own
  having sum(amount) <> 0
  limit $;

with told as ( select distinct t.event_id as mine, o.event_id as other
  from event_item t join event_item o on o.chain_id = t.chain_id and o.item = t.item and o.role = 'transaction' and o.event_id <> t.event_id
  where t.chain_id = $::uuid and t.event_id = any($::uuid[]) and t.role = 'transaction'
  limit 5000) select told.mine, min(e.id::text) as other, sum(i.quantity) as quantity, min(m.quantity) as own
  from told join event e on e.chain_id = $::uuid and e.id = told.other and not e.declares_error and not exists (select 1
  from event_void v
  where v.chain_id = e.chain_id and v.event_id = e.id) join event f on f.chain_id = e.chain_id and f.id = told.mine and f.capturer_id <> e.capturer_id join event_item m on m.chain_id = e.chain_id and m.event_id = told.mine and m.role = 'epc' and m.by_class join event_item i on i.chain_id = e.chain_id and i.event_id = e.id and i.role = 'epc' and i.item = m.item and i.uom is not distinct
  from m.uom
  where (f.biz_step = any($::text[]) and e.biz_step = any($::text[])) or (f.biz_step = any($::text[]) and e.biz_step = any($::text[]))
  group by told.mine
  having count(distinct m.item) = 1;
