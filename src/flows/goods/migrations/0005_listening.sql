-- A client that listens by WebSocket has a subscription without a destination, for as long as its
-- connection renews the lease; whoever finds the lease run out clears it away.
alter table query_subscription alter column dest drop not null;
