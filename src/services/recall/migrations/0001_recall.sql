-- A recall of a party's: why, how grave, since when it is known, and what it came to.
create table recall (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  number text not null,
  title text not null,
  hazard text not null,
  grade smallint not null check (grade between 1 and 3),
  known_at timestamptz not null,
  -- What was suspected, as it was asked; and as of when the goods were looked for.
  suspicion jsonb not null,
  listed_as_of timestamptz not null,
  is_cut boolean not null,
  opened_at timestamptz not null,
  first_sent_at timestamptz,
  closed_at timestamptz,
  outcome text,
  primary key (chain_id, id),
  unique (chain_id, owner_id, number)
);
call shard('recall', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
  changes => 'update');

-- What one party is to be told. Until it is sent, nobody but who drafts it knows that it is there.
create table recall_notice (
  chain_id uuid not null,
  id uuid not null,
  recall_id uuid not null,
  owner_id uuid not null,
  -- Under which name events know the party; and who of the chain that is, if anybody.
  addressee_uri text not null,
  addressee_id uuid,
  shown_to_id uuid,
  -- What it says of the recall, so that who is told need not read what is the owner's.
  number text not null,
  title text not null,
  hazard text not null,
  grade smallint not null,
  note text,
  told_by text,
  drafted_at timestamptz not null,
  sent_at timestamptz,
  acknowledged_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  primary key (chain_id, id)
);
create index recall_notice_recall on recall_notice (chain_id, recall_id, id);
create index recall_notice_shown on recall_notice (chain_id, shown_to_id, id);
call shard('recall_notice', reads => ':actor in (owner_id, shown_to_id)',
  writes => ':actor in (owner_id, shown_to_id)', changes => 'update');

-- Goods that a recall has to find, as they were listed when it was opened.
create table recall_line (
  chain_id uuid not null,
  recall_id uuid not null,
  -- The notice, or the recall for what stands in none. Lines are numbered within it: numbers over
  -- the whole recall would tell a party how much there is besides its own.
  list_id uuid not null,
  line_no integer not null,
  -- Null where the goods are the owner's own, or nobody is known who could be asked.
  notice_id uuid,
  owner_id uuid not null,
  shown_to_id uuid,
  is_own boolean not null,
  item text not null,
  lot text,
  state text not null check (state in ('at', 'in_transit', 'ended', 'unknown')),
  place text,
  inside text,
  ended text,
  quantity numeric,
  unit text not null,
  primary key (chain_id, list_id, line_no)
);
create index recall_line_recall on recall_line (chain_id, recall_id, list_id, line_no);
call shard('recall_line', reads => ':actor in (owner_id, shown_to_id)',
  writes => 'owner_id = :actor', changes => 'update');

-- What a party that was told found of a line. The newest counts; nothing is taken back.
create table recall_answer (
  chain_id uuid not null,
  id uuid not null,
  notice_id uuid not null,
  recall_id uuid not null,
  line_no integer not null,
  owner_id uuid not null,
  asked_by_id uuid not null,
  kept numeric not null check (kept >= 0),
  destroyed numeric not null check (destroyed >= 0),
  passed_on numeric not null check (passed_on >= 0),
  missing numeric not null check (missing >= 0),
  remark text,
  answered_at timestamptz not null,
  primary key (chain_id, id)
);
create index recall_answer_line on recall_answer (chain_id, notice_id, line_no, id);
call shard('recall_answer', reads => ':actor in (owner_id, asked_by_id)',
  writes => 'owner_id = :actor');
