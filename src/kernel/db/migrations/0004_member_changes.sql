-- Whoever is in the chain may bring another party in; what a member is from then on, that party
-- alone may change. Without this a seat anywhere in the chain could end any other's membership.
do $$ begin
  execute format('alter policy changes on member using (%1$s) with check (%1$s)',
    policy_text('chain_id = :chain') || ' and (' || policy_text('party_id = :actor') || ')');
end $$;
