-- Calls on the numbers that are texted: what a number does with them, and each call with its course.

-- What a number does with calls. No row: its voice settings at the provider are neither set nor changed.
create table number_voice (
    number_id bigint primary key references number (id) on delete cascade,
    behaviour text not null check (behaviour in ('greeting', 'forward', 'text_thread')),
    words text not null default '',
    language text not null default 'en-US',          -- BCP 47, of the words
    forward_to text not null default '',             -- E.164 or a SIP address
    text_back text not null default '',
    before bytea,                                    -- sealed: the provider's former settings, put back in the end
    before_shown text not null default '',           -- the same for people, without what may be secret
    set_at timestamptz not null default now()
);

create table voice_call (
    id bigint generated always as identity primary key,
    provider_account_id bigint not null references provider_account (id),
    provider_call_id text,                           -- null: placed, and the provider's answer is not known yet
    number_id bigint not null references number (id),
    contact_id bigint references contact (id),       -- null: the caller withheld who they are
    conversation_id bigint references conversation (id),
    direction text not null check (direction in ('inbound', 'outbound')),
    phone text not null,                             -- the customer's; '' where withheld
    agent_id bigint references app_user (id),        -- who placed it
    status text not null,                            -- domain/calls/status.py
    status_rank smallint not null,
    handled text not null default '',                -- the behaviour that met it; '': placed by us
    trouble text not null default '',                -- what went wrong, for people
    started_at timestamptz not null default now(),
    answered_at timestamptz,
    ended_at timestamptz,
    duration_seconds int,
    text_back_id bigint references message (id),
    client_key text                                  -- the agent's own key: the same order again finds this call
);
create unique index voice_call_provider on voice_call (provider_account_id, provider_call_id)
    where provider_call_id is not null;
create unique index voice_call_client_key on voice_call (agent_id, client_key) where client_key is not null;
create index voice_call_contact on voice_call (contact_id, started_at desc, id desc);
create index voice_call_conversation on voice_call (conversation_id, id);
create index voice_call_texted on voice_call (number_id, phone, started_at desc) where text_back_id is not null;
create index voice_call_unended on voice_call (started_at) where ended_at is null;

-- Rung when they call a customer: E.164 or a SIP address.
alter table app_user add column call_address text not null default '';
