-- Whether an owner recalls a lot is asked by the lot: whoever scans its code wants to know at once.
create index recall_line_item on recall_line (chain_id, owner_id, item);
