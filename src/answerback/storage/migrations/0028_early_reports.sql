-- Delivery reports that came before their text's id at the provider was known: a provider may tell one before it has
-- answered the send, or that answer is lost and its repeat still to come.
create table early_report (
    id bigint generated always as identity primary key,
    provider_account_id bigint not null references provider_account (id) on delete cascade,
    provider_message_id text not null,
    body bytea not null,                             -- sealed, as in webhook_kept
    raw bytea,                                       -- sealed, as in raw_exchange
    received_at timestamptz not null,
    -- Looked at once more also where the send's result was being written while the report came: neither saw the other.
    due_at timestamptz not null default now() + interval '2 seconds',
    attempts int not null default 0
);
create index early_report_due on early_report (due_at);
create index early_report_message on early_report (provider_message_id);

-- As in 0011, and reports that waited for one of these ids are due. Nearly always there are none.
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
    update early_report set due_at = now() where provider_message_id = any (p_sid);
    perform pg_notify('answerback', 'event');
end
$$;
