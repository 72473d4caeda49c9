-- What other systems asked to be told of, and the calls that are owed to them.

create table webhook_subscription (
    id bigint generated always as identity primary key,
    url text not null,
    description text not null default '',
    types text[] not null,                           -- domain/webhooks/types.py
    secret bytea not null,                           -- sealed
    former_secret bytea,                             -- sealed; signs too until former_until
    former_until timestamptz,
    active boolean not null default true,
    off_reason text not null default '',             -- why it was switched off by itself
    failing_since timestamptz,                       -- of the oldest call in a row that was not taken
    created_by bigint references app_user (id),
    created_at timestamptz not null default now()
);

create table webhook_delivery (
    id bigint generated always as identity primary key,
    subscription_id bigint not null references webhook_subscription (id) on delete cascade,
    type text not null,
    event_id bigint,
    happened_at timestamptz not null,
    conversation_id bigint,
    contact_id bigint,
    message_id bigint,
    user_id bigint,
    data jsonb not null default '{}',                -- the event's: ids and small facts
    state text not null default 'waiting' check (state in ('waiting', 'taken', 'failed')),
    tries int not null default 0,
    due_at timestamptz not null default now(),
    last_status int,
    last_problem text not null default '',
    settled_at timestamptz,
    unique (subscription_id, event_id)
);
create index webhook_delivery_due on webhook_delivery (due_at) where state = 'waiting';
create index webhook_delivery_recent on webhook_delivery (subscription_id, id desc);
create index webhook_delivery_old on webhook_delivery (settled_at) where state <> 'waiting';
