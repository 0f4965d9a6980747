-- What was declared wrong since a moment: asked by whoever has already read the events.
create index event_void_by_time on event_void (chain_id, recorded_at);
