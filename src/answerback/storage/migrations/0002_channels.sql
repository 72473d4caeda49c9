-- Provider accounts, numbers, and how the work that arrives on them is handled.

create table provider_account (
    id bigint generated always as identity primary key,
    provider text not null,
    name text not null check (name <> ''),
    credentials bytea not null,                      -- sealed JSON, see storage/sealing.py
    api_base_url text not null,
    signature_mode text not null default 'enforce' check (signature_mode in ('observe', 'enforce')),
    active boolean not null default true,
    last_inbound_at timestamptz,                     -- gap filling looks back from here
    created_at timestamptz not null default now()
);

create table queue (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    priority_group int not null default 100,         -- smaller is served first
    assignment_method text not null default 'highest_capacity'
        check (assignment_method in ('highest_capacity', 'round_robin', 'least_active')),
    service_level_seconds int not null default 300 check (service_level_seconds > 0),
    created_at timestamptz not null default now()
);

create table queue_member (
    queue_id bigint not null references queue (id) on delete cascade,
    user_id bigint not null references app_user (id),
    joined_at timestamptz not null default now(),
    primary key (queue_id, user_id)
);
create index queue_member_user on queue_member (user_id);

create table workstream (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    mode text not null default 'push' check (mode in ('push', 'pick')),
    queue_id bigint not null references queue (id),  -- the fallback queue
    offer_seconds int not null default 120 check (offer_seconds between 5 and 3600),
    auto_accept boolean not null default false,
    decline_limit int not null default 3 check (decline_limit between 1 and 5),
    units int not null default 1 check (units between 1 and 100),
    affinity boolean not null default true,
    affinity_grace_seconds int not null default 120 check (affinity_grace_seconds between 0 and 86400),
    wrap_up_capacity text not null default 'for_seconds' check (wrap_up_capacity in ('always', 'for_seconds', 'never')),
    wrap_up_seconds int not null default 60 check (wrap_up_seconds between 0 and 3600),
    reopen_seconds int not null default 86400 check (reopen_seconds between 0 and 31536000),
    agent_lost_rule text not null default 'return_to_queue' check (agent_lost_rule in ('stay', 'return_to_queue')),
    auto_close_open_seconds int not null default 2592000,      -- 30 days
    auto_close_active_seconds int not null default 2592000,    -- 30 days
    auto_close_waiting_seconds int not null default 259200,    -- 3 days
    auto_close_wrap_up_seconds int not null default 86400,     -- 1 day
    created_at timestamptz not null default now()
);

create table number (
    id bigint generated always as identity primary key,
    address text not null unique,                    -- E.164, or a short code's 5-6 digits
    name text not null default '',
    provider_account_id bigint not null references provider_account (id),
    workstream_id bigint not null references workstream (id),
    type text not null check (type in ('long_code', 'toll_free', 'short_code')),
    country text not null,                           -- ISO 3166-1 alpha-2
    capabilities text[] not null,                    -- subset of sms, mms, voice
    provider_number_id text,                         -- Twilio: PN...
    messaging_service_id text,                       -- Twilio: MG...; sends go through it
    provider_answers_keywords boolean not null default true,   -- provider or carrier replies to STOP, START and HELP
    parts_per_second numeric not null default 1 check (parts_per_second > 0),
    active boolean not null default true,
    created_at timestamptz not null default now()
);

-- The one dispatcher that sends from a number at a time.
create table number_lease (
    number_id bigint primary key references number (id) on delete cascade,
    holder text not null,
    until timestamptz not null
);

-- What knocked at a webhook door and was not taken: counted always, kept whole when a person can repair it.
create table webhook_tally (
    provider_account_id bigint not null references provider_account (id) on delete cascade,
    door text not null,                              -- message, status, voice
    outcome text not null,                           -- accepted, refused, observed, malformed
    reason text not null default '',
    day date not null,
    hits bigint not null default 0,
    last_at timestamptz not null,
    primary key (provider_account_id, door, outcome, reason, day)
);

create table webhook_kept (
    id bigint generated always as identity primary key,
    provider_account_id bigint not null references provider_account (id) on delete cascade,
    door text not null,
    reason text not null,
    url text not null,
    headers jsonb not null,
    body bytea not null,                             -- sealed
    received_at timestamptz not null default now(),
    replayed_at timestamptz,
    outcome text not null default 'kept' check (outcome in ('kept', 'replayed', 'dropped'))
);
create index webhook_kept_open on webhook_kept (id) where outcome = 'kept';
