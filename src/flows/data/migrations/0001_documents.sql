-- What a party sent in: the inbox of documents. A refused one stays, is seen by its sender alone,
-- and is linked to the mended one that replaced it.
create table document (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  -- Known once the document was accepted; from then on the receiver sees it too.
  receiver_id uuid,
  kind text not null,
  format text not null check (format in ('peppol', 'ubl', 'csv', 'xlsx', 'unknown')),
  number text,
  state text not null check (state in ('received', 'refused', 'accepted', 'applied')),
  content_hash bytea not null,
  media_type text not null,
  file_name text,
  size_bytes integer not null,
  received_at timestamptz not null,
  changed_at timestamptz not null,
  -- The document element by element (UBL), and what it says in neutral words.
  tree jsonb,
  body jsonb,
  errors jsonb not null,
  warnings jsonb not null,
  error_count integer not null,
  -- What it became: an order, a despatch, an invoice.
  subject_id uuid,
  replaces_id uuid,
  replaced_by_id uuid,
  primary key (chain_id, id)
);
-- The same content twice from one sender is one document, also when both arrive at once.
create unique index document_content on document (chain_id, owner_id, content_hash);
create index document_owner on document (chain_id, owner_id, id desc);
create index document_receiver on document (chain_id, receiver_id, id desc);
create index document_exchanged on document (chain_id, received_at)
  where state in ('accepted', 'applied');
create index document_waiting on document (chain_id, owner_id, state, id desc)
  where state in ('received', 'refused');
create index document_subject on document (chain_id, subject_id);
call shard('document',
  reads => ':actor = owner_id
    or (:actor = receiver_id and state in (''accepted'', ''applied''))',
  writes => ':actor = owner_id', changes => 'update');

-- The bytes as they came, for the sender alone: evidence of what was really sent.
create table document_source (
  chain_id uuid not null,
  document_id uuid not null,
  owner_id uuid not null,
  bytes bytea not null,
  primary key (chain_id, document_id)
);
call shard('document_source', reads => ':actor = owner_id', writes => ':actor = owner_id');
alter table document_source add constraint document_source_of
  foreign key (chain_id, document_id) references document (chain_id, id);
