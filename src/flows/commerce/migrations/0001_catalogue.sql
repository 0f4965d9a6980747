-- What a party sells: known to its chain once it is published.
create table product (
  chain_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  code text not null,
  gtin text,
  name_zh text not null,
  name_en text not null,
  unit text not null,
  shelf_life_days integer,
  temperature_min_c numeric(5, 2),
  temperature_max_c numeric(5, 2),
  tax_code text,
  industry_class text,
  published boolean not null,
  recorded_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (chain_id, id)
);
create unique index product_code_of_owner on product (chain_id, owner_id, code);
create index product_gtin on product (chain_id, gtin);
call shard('product', reads => 'owner_id = :actor or published', writes => 'owner_id = :actor',
  changes => 'update');

-- How many base units a packing unit holds: 1 carton = 12 kilograms.
create table product_unit (
  chain_id uuid not null,
  product_id uuid not null,
  unit text not null,
  base_quantity numeric not null check (base_quantity > 0),
  owner_id uuid not null,
  primary key (chain_id, product_id, unit)
);
call shard('product_unit', reads => 'true', writes => 'owner_id = :actor', changes => 'delete');
alter table product_unit add foreign key (chain_id, product_id) references product (chain_id, id);

-- What a partner calls somebody else's product.
create table partner_code (
  chain_id uuid not null,
  partner_id uuid not null,
  code text not null,
  product_id uuid not null,
  owner_id uuid not null,
  primary key (chain_id, partner_id, owner_id, code)
);
call shard('partner_code', reads => ':actor in (partner_id, owner_id)',
  writes => ':actor in (partner_id, owner_id)', changes => 'update');
alter table partner_code add foreign key (chain_id, product_id) references product (chain_id, id);

-- The terms between a seller and a buyer. What the decree on payments to small and medium
-- enterprises asks for is frozen here when the agreement is made (Decree 802, article 3).
create table supply_agreement (
  chain_id uuid not null,
  id uuid not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  number text not null,
  currency char(3) not null,
  valid_from date not null,
  valid_until date,
  payment_days integer not null,
  inspection_days integer not null,
  buyer_kind text not null check (buyer_kind in ('public', 'large', 'sme')),
  seller_size text not null
    check (seller_size in ('micro', 'small', 'medium', 'large', 'undeclared')),
  industry_norm boolean not null,
  late_rate_yearly numeric,
  prime_rate_yearly numeric,
  quantity_tolerance_percent numeric not null,
  price_tolerance_percent numeric not null,
  state text not null check (state in ('proposed', 'active', 'ended')),
  proposed_by uuid not null,
  recorded_at timestamptz not null,
  agreed_at timestamptz,
  ended_at timestamptz,
  primary key (chain_id, id)
);
create index supply_agreement_seller on supply_agreement (chain_id, seller_id, buyer_id);
create index supply_agreement_buyer on supply_agreement (chain_id, buyer_id, seller_id);
call shard('supply_agreement', reads => ':actor in (seller_id, buyer_id)',
  writes => ':actor in (seller_id, buyer_id)', changes => 'update');

create table price (
  chain_id uuid not null,
  id uuid not null,
  agreement_id uuid not null,
  seller_id uuid not null,
  buyer_id uuid not null,
  product_id uuid not null,
  unit text not null,
  price numeric not null check (price >= 0),
  tax_rate numeric not null,
  quantity_min numeric not null,
  valid_from date not null,
  valid_until date,
  recorded_at timestamptz not null,
  primary key (chain_id, id)
);
create index price_product on price (chain_id, agreement_id, product_id, valid_from desc);
call shard('price', reads => ':actor in (seller_id, buyer_id)',
  writes => 'seller_id = :actor');
alter table price add foreign key (chain_id, agreement_id)
  references supply_agreement (chain_id, id);
