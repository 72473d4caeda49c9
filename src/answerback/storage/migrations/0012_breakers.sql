-- Breakers that are open now: what a dispatcher holds back, why, and when it tries again.
create table breaker (
    holder text not null,                            -- the dispatcher, as in number_lease
    provider_account_id bigint not null references provider_account (id) on delete cascade,
    number_id bigint references number (id) on delete cascade,   -- null: the whole account
    reason text not null,
    opened_at timestamptz not null default now(),
    retry_at timestamptz not null
);
create unique index breaker_one on breaker (holder, provider_account_id, number_id) nulls not distinct;
