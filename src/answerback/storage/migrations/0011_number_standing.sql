-- How a number stands with the carriers: its registration, how much it may send, and how much it has sent.

alter table number
    add column daily_cap int check (daily_cap > 0),      -- parts; null: no cap known
    add column weekly_cap int check (weekly_cap > 0),
    add column monthly_cap int check (monthly_cap > 0);

create table number_registration (
    number_id bigint primary key references number (id) on delete cascade,
    status text not null check (status in ('unknown', 'unregistered', 'pending', 'approved', 'rejected')),
    reference text not null default '',              -- the provider's id of it, e.g. Twilio: HH..., CM...
    rejection_reason text not null default '',
    brand_kind text check (brand_kind in ('standard', 'low_volume', 'sole_proprietor')),
    trust_score int check (trust_score between 0 and 100),
    details jsonb not null default '{}',             -- what was told to the carriers, by the provider's names
    override_reason text not null default '',        -- why an administrator lets it send all the same; '' means not
    override_by bigint references app_user (id),
    checked_at timestamptz,                          -- when the provider was last asked
    updated_at timestamptz not null default now()
);

-- Parts and texts a number has sent, by the carriers' day.
create table number_usage (
    number_id bigint not null references number (id) on delete cascade,
    day date not null,
    texts bigint not null,
    parts bigint not null,
    primary key (number_id, day)
);

-- As in 0006, and counts what left. A send that failed at once never reached a carrier; an unclear one may have.
create or replace function settle_sends(
    p_message bigint[], p_sid text[], p_status text[], p_rank int[], p_code text[], p_class text[], p_sentence text[],
    p_at timestamptz[], p_parts int[], p_price numeric[], p_currency text[]
) returns void
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
begin
    perform move_messages(p_message, p_sid, p_status, p_rank, p_code, p_class, p_sentence, p_at, p_parts, p_price,
                          p_currency);
    with gone as (
        delete from outbox where message_id = any (p_message) returning message_id, number_id, parts
    )
    insert into number_usage as u (number_id, day, texts, parts)
    select g.number_id, (now() at time zone 'America/Los_Angeles')::date, count(*), sum(g.parts)
    from gone g join unnest(p_message, p_status) as r (message_id, status) on r.message_id = g.message_id
    where r.status <> 'failed'
    group by g.number_id order by g.number_id
    on conflict (number_id, day) do update set texts = u.texts + excluded.texts, parts = u.parts + excluded.parts;
    perform pg_notify('answerback', 'event');
end
$$;
