-- A planned release goes out at its hour by itself. One that could not go out says why, and waits
-- for a person: a code of a fault, or `left` where its owner is no member of the chain any more.
alter table release add column held_at timestamptz;
alter table release add column held_because text;
alter table release add constraint release_held
  check ((held_at is null) = (held_because is null));
create index release_due on release (chain_id, planned_at)
  where planned_at is not null and not is_published and withdrawn_at is null and held_at is null;
create index release_last on release (chain_id, published_at, id) where is_published;

-- The platform's own role sees which releases are due: no title, no figure.
do $$ begin
  execute format('create policy sealer_reads on release for select to jingwei_sealer using (%s)',
    policy_text('chain_id = :chain'));
end $$;
grant select (chain_id, id, owner_id, planned_at, is_published, withdrawn_at, held_at) on release
  to jingwei_sealer;
