-- People, how they sign in, and what they may do.

create table app_user (
    id bigint generated always as identity primary key,
    email text not null,
    name text not null check (name <> ''),
    role text not null check (role in ('agent', 'supervisor', 'administrator')),
    password_hash text,                              -- argon2id; null: may not sign in with a password
    capacity_units int not null default 6 check (capacity_units between 0 and 1000),
    active boolean not null default true,
    created_at timestamptz not null default now()
);
create unique index app_user_email on app_user (lower(email));

-- Live state of an agent; apart from app_user because it changes all day.
create table agent_status (
    user_id bigint primary key references app_user (id),
    presence text not null default 'offline'
        check (presence in ('available', 'busy', 'do_not_disturb', 'away', 'offline')),
    presence_since timestamptz not null default now(),
    idle_since timestamptz not null default now(),   -- last moment work was released or sign-in (least active)
    last_assigned_at timestamptz,                    -- last offer made (round robin)
    lost_at timestamptz                              -- when the last live connection went away; null while connected or offline
);
create index agent_status_lost on agent_status (lost_at) where lost_at is not null;

-- One row per live screen; a node refreshes its rows, stale ones count as gone.
create table agent_connection (
    id uuid primary key,
    user_id bigint not null references app_user (id),
    node text not null,
    seen_at timestamptz not null default now()
);
create index agent_connection_user on agent_connection (user_id);

create table session (
    token_hash bytea primary key,                    -- sha256 of the cookie's value
    user_id bigint not null references app_user (id),
    csrf_token text not null,
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    user_agent text not null default ''
);
create index session_by_user on session (user_id);
create index session_expires on session (expires_at);

create table api_token (
    id bigint generated always as identity primary key,
    user_id bigint not null references app_user (id),
    name text not null check (name <> ''),
    token_hash bytea not null unique,
    scopes text[] not null,                          -- empty: everything the user's role may do
    created_at timestamptz not null default now(),
    used_at timestamptz,
    revoked_at timestamptz
);

-- Fixed-window counters: sign-in attempts per address and per account.
create table rate_window (
    key text not null,
    window_start timestamptz not null,
    hits int not null default 0,
    primary key (key, window_start)
);

-- Answers of creating calls, so that a repeat with the same Idempotency-Key gets the first answer.
create table idempotency_key (
    user_id bigint not null references app_user (id),
    key text not null,
    request_hash bytea not null,
    status int,                                      -- null while the first call is under way
    content_type text,
    response bytea,
    created_at timestamptz not null default now(),
    primary key (user_id, key)
);
create index idempotency_key_created on idempotency_key (created_at);
