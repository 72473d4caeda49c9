-- How far each purpose has read the event log. What it writes and this position are one transaction: exactly once.
create table event_follower (
    name text primary key,
    xid xid8 not null,
    id bigint not null,
    at timestamptz not null default now()
);
