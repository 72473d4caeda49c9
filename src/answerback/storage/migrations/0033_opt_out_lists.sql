-- The provider's own opt-out list is compared with the ledger contact by contact, some each day, round and round.
alter table number add column opt_outs_compared_to bigint not null default 0;   -- the last contact that was compared
