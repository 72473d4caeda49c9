-- The one append-only log. Readers go by (xid, id) and only below the oldest running transaction,
-- so a transaction that commits late is never skipped (DESIGN 3.4).

create table event (
    xid xid8 not null default pg_current_xact_id(),
    id bigint generated always as identity,
    kind text not null,
    at timestamptz not null default now(),
    actor_id bigint,                                 -- app_user; null: the system or the customer
    conversation_id bigint,
    contact_id bigint,
    message_id bigint,
    user_id bigint,                                  -- the person it is about
    data jsonb not null default '{}',
    primary key (xid, id)
);
create index event_conversation on event (conversation_id, id) where conversation_id is not null;
create index event_at on event using brin (at);
create index event_audit on event (id desc) where conversation_id is null;
