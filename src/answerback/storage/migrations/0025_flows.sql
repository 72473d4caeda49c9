-- Flows, their published versions, and every run of one for a customer. A run is a row: waiting costs nothing else.

create table flow (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    number_id bigint not null references number (id), -- texts leave from it unless a step names another
    draft jsonb not null,                            -- domain/flows/definition.py
    active boolean not null default false,           -- begins new runs; those under way go on either way
    archived boolean not null default false,
    version int,                                     -- the published one; null: never published
    secret bytea not null,                           -- sealed; signs its calls to other systems
    created_at timestamptz not null default now()
);

create table flow_version (
    flow_id bigint not null references flow (id) on delete cascade,
    version int not null,
    definition jsonb not null,
    published_by bigint references app_user (id),
    published_at timestamptz not null default now(),
    primary key (flow_id, version)
);

create table flow_run (
    id bigint generated always as identity primary key,
    flow_id bigint not null references flow (id),
    version int not null,
    contact_id bigint not null references contact (id) on delete cascade,
    phone text not null,
    number_id bigint not null references number (id),
    trigger_key text not null,                       -- what it began by: an event, a key of the caller
    alone boolean not null,                          -- no other run of this flow for the contact beside it
    state text not null check (state in ('ready', 'sleeping', 'listening', 'calling', 'ended')),
    step text,                                       -- where it stands; null once ended
    resume_at timestamptz,                           -- when it is looked at next
    facts jsonb not null default '{}',               -- what expressions see beside the contact
    places int not null default 0,                   -- lines in its diary
    tries int not null default 0,                    -- of the call it makes now
    call_place int not null default 0,               -- the diary's line of that call, part of its id
    outcome text,
    problem text not null default '',
    began_at timestamptz not null default now(),
    ended_at timestamptz,
    foreign key (flow_id, version) references flow_version (flow_id, version),
    unique (flow_id, trigger_key)
);
create unique index flow_run_alone on flow_run (flow_id, contact_id) where alone and state <> 'ended';
create index flow_run_due on flow_run (resume_at) where state <> 'ended';
create index flow_run_listening on flow_run (contact_id) where state = 'listening';
create index flow_run_of_contact on flow_run (contact_id, id);
create index flow_run_of_flow on flow_run (flow_id, id desc);

-- The diary of a run: one line a step, kept with the run.
create table flow_run_step (
    run_id bigint not null references flow_run (id) on delete cascade,
    place int not null,
    step text not null,
    kind text not null,
    what text not null,
    message_id bigint references message (id),
    at timestamptz not null default now(),
    primary key (run_id, place)
);

alter table contact add column tags text[] not null default '{}';
