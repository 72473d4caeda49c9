-- Webhooks by the hour: outcomes, repeats, and how long they took, in buckets (domain/pace.py). Kept for thirty days.
create table webhook_pace (
    provider_account_id bigint not null references provider_account (id) on delete cascade,
    hour timestamptz not null,
    measure text not null,                           -- accepted, refused, observed, malformed, repeated, retried, handling, travel
    bucket smallint not null default 0,
    hits bigint not null,
    primary key (provider_account_id, hour, measure, bucket)
);
