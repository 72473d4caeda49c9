-- The consent ledger and the send gate in their full shape: brands, purposes, proof; what the gate decided stays with
-- each message; texts that wait for their time; the centre's own rules for sending.

-- Numbers that customers know by one name: consent given to one of them holds for all.
create table brand (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    created_at timestamptz not null default now()
);

alter table number
    add column brand_id bigint references brand (id),
    add column price_per_part numeric check (price_per_part >= 0),   -- in the account's currency; null: not known
    add column monthly_budget numeric check (monthly_budget >= 0);
create index number_brand on number (brand_id) where brand_id is not null;
alter table provider_account add column monthly_budget numeric check (monthly_budget >= 0);

alter table consent_entry
    add column brand_id bigint references brand (id),          -- with neither number nor brand: every number of ours
    add column proof jsonb not null default '{}',              -- url, file, ip, note
    add column confirm_until timestamptz,                      -- until when a pending one may be confirmed
    add column recorded_at timestamptz not null default now(), -- `at` is when the customer said it
    drop constraint consent_entry_choice_check,
    drop constraint consent_entry_source_check,
    add constraint consent_entry_choice_check check (choice in ('opt_in', 'opt_out', 'pending')),
    add constraint consent_entry_source_check
        check (source in ('keyword', 'form', 'agent', 'api', 'import', 'provider')),
    add constraint consent_entry_purpose_check check (purpose in ('all', 'conversation', 'informational', 'promotional')),
    add constraint consent_entry_scope_check check (number_id is null or brand_id is null),
    add constraint consent_entry_pending_check check ((choice = 'pending') = (confirm_until is not null));

-- What was written down stays as it was written. Only an erasure, which says so, may take lines away.
create function keep_consent_entry() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('answerback.erasing', true) = 'on' then
        return old;
    end if;
    raise exception 'the consent ledger only grows: add a line instead' using errcode = 'restrict_violation';
end
$$;
create trigger consent_entry_kept before update or delete on consent_entry
    for each row execute function keep_consent_entry();

-- What the send gate said: verdict, rule, source, exemptions, the rules' version. Null only for texts from before it.
alter table message add column decision jsonb;

-- No text waits to leave without the version of the gate's rules that let it pass; there is no default on purpose.
-- A scheduled text is in nobody's queue: the clock asks the gate again when its time has come.
alter table outbox add column gate text not null default 'before' check (gate <> '');
alter table outbox alter column gate drop default;
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check check (state in ('scheduled', 'queued', 'sending'));
create index outbox_scheduled on outbox (due_at) where state = 'scheduled';
create index outbox_scheduled_conversation on outbox (conversation_id) where state = 'scheduled';

-- Texts nobody asked for, by phone: what frequency rules count.
create table proactive_send (
    message_id bigint primary key references message (id),
    phone text not null,
    about text not null check (about in ('conversation', 'informational', 'promotional')),
    subject text not null default '',
    at timestamptz not null
);
create index proactive_send_phone on proactive_send (phone, at);

-- Sentences that looked like an opt-out, and what a person made of them.
create table phrase_settled (
    message_id bigint primary key references message (id),
    how text not null check (how in ('recorded', 'dismissed')),
    user_id bigint not null references app_user (id),
    at timestamptz not null default now()
);

-- The centre's own rules for sending; one row.
create table sending_rules (
    id int primary key default 1 check (id = 1),
    courtesy_hours boolean not null default true,    -- informational texts too keep to 8:00-21:00
    own_cap_texts int check (own_cap_texts > 0),     -- texts unasked to one phone within own_cap_hours; null: no limit
    own_cap_hours int not null default 24 check (own_cap_hours between 1 and 720),
    confirm_days int not null default 7 check (confirm_days between 1 and 90),
    spam_texts int check (spam_texts >= 5),          -- so many within spam_minutes block a phone; null: never
    spam_minutes int not null default 10 check (spam_minutes between 1 and 1440)
);
insert into sending_rules default values;

-- Permissions given to one person beyond their role.
alter table app_user add column granted text[] not null default '{}';
