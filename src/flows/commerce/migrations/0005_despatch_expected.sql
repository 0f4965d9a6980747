-- What is on its way to a buyer: a few rows among all that ever came.
create index despatch_expected on despatch (chain_id, buyer_id, state, id);
