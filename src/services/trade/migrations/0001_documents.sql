-- What a party calls its partners: identifiers that the chain's directory does not know.
create table party_alias (
  chain_id uuid not null,
  -- Who uses the name: two firms may call different partners by the same number.
  owner_id uuid not null,
  -- An ISO 6523 code or another scheme as the document wrote it; '' none, 'VAT', 'name'.
  scheme text not null,
  value text not null,
  party_id uuid not null,
  recorded_at timestamptz not null,
  primary key (chain_id, owner_id, scheme, value)
);
call shard('party_alias', reads => 'owner_id = :actor', writes => 'owner_id = :actor');

-- What a document calls the lines of an order or of a despatch, where that is not their number.
create table line_name (
  chain_id uuid not null,
  subject_id uuid not null,
  name text not null,
  line_no integer not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  primary key (chain_id, subject_id, name)
);
call shard('line_name', reads => ':actor in (buyer_id, seller_id)',
  writes => ':actor in (buyer_id, seller_id)');
