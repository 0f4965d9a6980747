-- Captures of one firm take turns at its row among the members. A row for each name cost a capture
-- as much as the widest index of its events, and the more the more there were.
drop table event_name;
-- Declarations are few, and each capture looks for those of its events.
create index event_declared on event (chain_id, capturer_id, event_uri) where declares_error;
