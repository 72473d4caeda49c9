-- When timed flows begin, and each time that came: once, however many nodes look, from where a crash left it.

create table flow_schedule (
    flow_id bigint primary key references flow (id) on delete cascade,
    next_at timestamptz                              -- null: there is no more
);
create index flow_schedule_due on flow_schedule (next_at);

create table flow_occurrence (
    id bigint generated always as identity primary key,
    flow_id bigint not null references flow (id) on delete cascade,
    version int not null,
    at timestamptz not null,
    state text not null check (state in ('beginning', 'done', 'stopped', 'missed')),
    skipped int not null default 0,                  -- earlier times that passed while nothing ran
    reached bigint not null default 0,               -- contacts up to this id were looked at
    began int not null default 0,                    -- runs
    ended_at timestamptz,
    unique (flow_id, at)
);
create index flow_occurrence_beginning on flow_occurrence (id) where state = 'beginning';
create index contact_tags on contact using gin (tags) where tags <> '{}';
