-- What providers said where a text went wrong, as it was on the wire: sealed, and deleted after its account's days.

alter table provider_account
    add column keep_raw_days int not null default 30 check (keep_raw_days between 0 and 365);   -- 0: keep nothing

create table raw_exchange (
    id bigint generated always as identity primary key,
    message_id bigint not null references message (id) on delete cascade,
    provider_account_id bigint not null references provider_account (id) on delete cascade,
    kind text not null check (kind in ('send', 'report')),
    sealed bytea not null,                           -- see usecases/keep_raw.py
    at timestamptz not null default now()
);
create index raw_exchange_message on raw_exchange (message_id);
create index raw_exchange_age on raw_exchange (provider_account_id, at);

-- Refused webhooks are kept too, a sample of each kind; they wait for nobody.
alter table webhook_kept drop constraint webhook_kept_outcome_check;
alter table webhook_kept add constraint webhook_kept_outcome_check
    check (outcome in ('kept', 'replayed', 'dropped', 'refused'));
create index webhook_kept_age on webhook_kept (provider_account_id, received_at) where outcome <> 'kept';
