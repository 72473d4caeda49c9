-- Texts that other systems order by the thousand: what they are sent with, and what became of each.

create table outbound_configuration (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    template_id bigint not null references message_template (id),
    show_in_timeline boolean not null,               -- as it was given
    active boolean not null default true,
    created_at timestamptz not null default now()
);

-- The numbers its texts leave from: the one the customer knows, else spread over them.
create table outbound_configuration_number (
    configuration_id bigint not null references outbound_configuration (id) on delete cascade,
    number_id bigint not null references number (id),
    primary key (configuration_id, number_id)
);
create index outbound_configuration_number_number on outbound_configuration_number (number_id);

create table outbound_message (
    id bigint generated always as identity primary key,
    configuration_id bigint not null references outbound_configuration (id),
    key text,                                        -- of the caller, for this one text
    phone text not null,
    contact_id bigint references contact (id) on delete set null,
    message_id bigint references message (id),       -- null: refused before the send gate was asked
    regarding_id text not null default '',           -- the record of the other system it is about
    relationship text not null default '',
    result text not null check (result in ('asked', 'queued', 'waits', 'refused')), -- 'asked': while it is decided
    reason text not null default '',
    rule text not null default '',
    sentence text not null default '',
    due_at timestamptz,                              -- until when it waited, as was answered
    ordered_by bigint references app_user (id),
    created_at timestamptz not null default now(),
    unique (configuration_id, key)                   -- one text for each key, however often it is ordered
);
create index outbound_message_of_configuration on outbound_message (configuration_id, id desc);
create index outbound_message_message on outbound_message (message_id);
create index outbound_message_contact on outbound_message (contact_id) where contact_id is not null;
create index outbound_message_regarding on outbound_message (regarding_id, id desc) where regarding_id <> '';
