-- Texts written once and sent often. A version is what was approved, whole: it never changes after that.

create table message_template (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    purpose text not null check (purpose in ('informational', 'promotional', 'conversation')),
    archived boolean not null default false,
    created_at timestamptz not null default now()
);

create table message_template_version (
    template_id bigint not null references message_template (id) on delete cascade,
    version int not null,
    default_locale text not null,
    texts jsonb not null,                            -- {locale: text with holes}
    slots jsonb not null,                            -- [{name, kind, sample}]
    state text not null default 'draft' check (state in ('draft', 'approved', 'rejected', 'retired')),
    reason text not null default '',                 -- why it was rejected
    written_by bigint references app_user (id),
    written_at timestamptz not null default now(),
    decided_by bigint references app_user (id),
    decided_at timestamptz,
    primary key (template_id, version)
);
create unique index message_template_one_approved on message_template_version (template_id) where state = 'approved';
create unique index message_template_one_open on message_template_version (template_id)
    where state in ('draft', 'rejected');
