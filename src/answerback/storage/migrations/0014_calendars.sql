-- When we are open. `state`, `state_name` and `until` are what the calendar says now, kept by the clock.

create table calendar (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    time_zone text not null,                         -- IANA
    week jsonb not null,                             -- {"mon": [{"opens": "09:00", "closes": "17:00"}], ...}
    special_days jsonb not null default '[]',        -- days that are not as the week says
    holidays jsonb,                                  -- public holidays: country, subdivision, names; null: none
    state text not null check (state in ('open', 'closed', 'holiday')),
    state_name text not null default '',             -- of the holiday or the special day
    until timestamptz,                               -- closes or opens then; null: not within a year
    look_at timestamptz not null,                    -- when the clock looks again
    created_at timestamptz not null default now()
);
create index calendar_due on calendar (look_at);

alter table number add column calendar_id bigint references calendar (id);
alter table queue add column calendar_id bigint references calendar (id);
