-- Campaigns: whom they reach is frozen when they start, and each recipient is one row that is settled once.

create table campaign (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    audience_id bigint not null references audience (id),
    state text not null default 'draft'
        check (state in ('draft', 'preparing', 'scheduled', 'running', 'paused', 'done', 'stopped')),
    state_reason text not null default '',           -- a sentence: why it is paused or was stopped
    edition int not null default 1,                  -- counts the changes: an older preview is out of date
    send_at timestamptz,                             -- null: as soon as it is started
    pace_by_agents boolean not null default false,
    reply_share double precision not null default 0.1 check (reply_share > 0 and reply_share <= 1),
    filtered_limit double precision not null default 0.05,
    opt_out_limit double precision not null default 0.05,
    failed_limit double precision not null default 0.3,
    watch_after int not null default 100 check (watch_after > 0),
    created_by bigint references app_user (id),
    started_by bigint references app_user (id),
    created_at timestamptz not null default now(),
    started_at timestamptz,
    watched_from timestamptz,                        -- texts before it were judged: somebody resumed all the same
    ended_at timestamptz,
    check (state <> 'scheduled' or send_at is not null)
);
create index campaign_at_work on campaign (id) where state in ('preparing', 'scheduled', 'running');

-- The words: one template version, or several to compare, each with its share.
create table campaign_variant (
    campaign_id bigint not null references campaign (id) on delete cascade,
    variant smallint not null,
    template_id bigint not null references message_template (id),
    version int,                                     -- null until it starts: the approved one of that moment
    share int not null check (share between 1 and 1000),
    primary key (campaign_id, variant)
);

-- The numbers it leaves from, and how far each of them has come: counted in the transaction that settles recipients.
create table campaign_number (
    campaign_id bigint not null references campaign (id) on delete cascade,
    number_id bigint not null references number (id),
    recipients int not null default 0,
    queued int not null default 0,
    refused int not null default 0,
    stopped int not null default 0,
    parts int not null default 0,
    held_until timestamptz,                          -- a cap or budget is used up: nobody is asked for before
    primary key (campaign_id, number_id)
);
create index campaign_number_number on campaign_number (number_id);

create table campaign_recipient (
    campaign_id bigint not null references campaign (id) on delete cascade,
    place int not null,
    phone text not null,
    number_id bigint not null,
    locale text,
    "values" jsonb not null default '{}',
    state text not null default 'waiting' check (state in ('waiting', 'queued', 'refused', 'stopped')),
    due_at timestamptz not null default now(),
    variant smallint,
    message_id bigint,
    settled_at timestamptz,
    reason text not null default '',
    rule text not null default '',
    sentence text not null default '',
    primary key (campaign_id, place),
    unique (campaign_id, phone),
    check (state <> 'queued' or message_id is not null)
);
create index campaign_recipient_waiting on campaign_recipient (campaign_id, number_id, due_at, place)
    where state = 'waiting';
create unique index campaign_recipient_message on campaign_recipient (message_id) where message_id is not null;
create index campaign_recipient_queued on campaign_recipient (campaign_id, message_id desc) where state = 'queued';

create table campaign_preview (
    campaign_id bigint primary key references campaign (id) on delete cascade,
    edition int not null,
    state text not null check (state in ('asked', 'running', 'done', 'failed')),
    total int not null default 0,
    reached int not null default 0,
    touched_at timestamptz not null default now(),   -- silent for long: whoever counted has died
    result jsonb
);
