-- Whom campaigns write to: a list of phones from a file, which never changes once it is ready, or a saved filter over
-- contacts.

create table audience (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    kind text not null check (kind in ('list', 'filter')),
    filter jsonb,                                    -- conditions, see domain/audiences/conditions.py
    state text not null default 'ready' check (state in ('uploaded', 'importing', 'ready', 'failed')),
    archived boolean not null default false,
    layout jsonb,                                    -- of the file: encoding, separator, columns, first rows
    mapping jsonb,                                   -- which column is what
    bytes bigint not null default 0,                 -- of the file as it is kept: UTF-8
    bytes_done bigint not null default 0,
    next_block int not null default 0,
    lines int not null default 0,                    -- read so far, the heading and empty lines included
    members int not null default 0,
    duplicates int not null default 0,
    problems int not null default 0,                 -- lines that were left out
    notes int not null default 0,                    -- lines that were taken, with something to look at
    client_key text,                                 -- Idempotency-Key of the upload
    created_by bigint references app_user (id),
    created_at timestamptz not null default now(),
    ready_at timestamptz,
    check ((kind = 'filter') = (filter is not null))
);
create index audience_importing on audience (id) where state = 'importing';
create unique index audience_client_key on audience (created_by, client_key) where client_key is not null;

create table audience_member (
    audience_id bigint not null references audience (id) on delete cascade,
    place int not null,                              -- the line of the file
    phone text not null,
    locale text,
    "values" jsonb not null default '{}',            -- of the file's columns: they fill slots of the same name
    primary key (audience_id, place),
    unique (audience_id, phone)
);

-- The first lines that were left out or need a look; the counts in `audience` stay exact.
create table audience_problem (
    id bigint generated always as identity primary key,
    audience_id bigint not null references audience (id) on delete cascade,
    line int not null,
    "column" text not null default '',
    kind text not null check (kind in ('problem', 'duplicate', 'note')),
    value text not null default '',                  -- clipped
    sentence text not null
);
create index audience_problem_of on audience_problem (audience_id, id);

-- The file while it is imported, in blocks of whole lines; gone once it is read.
create table audience_block (
    audience_id bigint not null references audience (id) on delete cascade,
    block int not null,
    line int not null,                               -- number of its first line
    content bytea not null,
    primary key (audience_id, block)
);
alter table audience_block alter column content set storage external;
