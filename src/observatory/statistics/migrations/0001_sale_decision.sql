-- What a firm says about a kind of its own sales: from which activity they come. A fact: a later
-- decision on the same kind counts from then on, and nothing is taken back.
create table sale_decision (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  -- What tells the kind of sale: a product with its codes, or else a name with them.
  name text not null,
  product_id uuid,
  industry_class text,
  tax_code text,
  -- The class of GB/T 4754 that it was put into, and the edition in which the code was read.
  class text not null,
  edition text not null,
  reason text not null,
  decided_on date not null,
  recorded_at timestamptz not null,
  primary key (chain_id, id)
);
create index sale_decision_owner on sale_decision (chain_id, owner_id, id);
call shard('sale_decision', reads => 'owner_id = :actor', writes => 'owner_id = :actor');

-- A product that is several things sold for one price, with what each is sold for by itself
-- (CAS 14, article 20): [{ "name", "low", "high", "industry_class", "tax_code" }]. The newest one
-- of a product counts.
create table product_bundle (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  product_id uuid not null,
  obligations jsonb not null,
  described_on date not null,
  recorded_at timestamptz not null,
  primary key (chain_id, id)
);
create index product_bundle_owner on product_bundle (chain_id, owner_id, product_id, id);
call shard('product_bundle', reads => 'owner_id = :actor', writes => 'owner_id = :actor');
