-- The message path: what a batch of webhooks, claims and results does, each as one statement that is planned once.
-- Look-ups are index probes per row (see 0005), so that the cost per text stays flat however many are stored.

alter table provider_account add column gap_checked_at timestamptz;   -- all the provider received before is here

-- Why the text is sent (domain/sending/gate.py): an opt-out holds back what waits, but not its own confirmation.
alter table outbox add column purpose text not null default 'reply';

create index outbox_conversation on outbox (conversation_id, lane, message_id) where state = 'queued';

-- Sends whose fate is unknown, and when to ask the provider next. The row goes away when nothing more can be learnt.
create table unclear_send (
    message_id bigint primary key references message (id),
    since timestamptz not null default now(),        -- when the request left
    due_at timestamptz not null default now() + interval '2 seconds',
    attempts int not null default 0
);
create index unclear_send_due on unclear_send (due_at);

-- Ingest for the hook doors: a blocked sender routes nothing, a text from a spool or a gap is late when later ones are
-- already shown, and whoever waits is woken. `p_said_at` is when it was said, as far as that is known.
create function is_overtaken(p_number bigint, p_phone text, p_said_at timestamptz) returns boolean
language sql stable as $$
    select exists (
        select from (
            select coalesce(m.provider_at, m.created_at) as said_at from message m
            where m.kind <> 'note' and m.conversation_id = (
                select max(c.id) from conversation c
                where c.number_id = p_number
                  and c.contact_id = (select p.contact_id from contact_phone p where p.phone = p_phone))
            order by m.seq desc limit 20   -- late ones may stand at the end
        ) shown
        where shown.said_at > p_said_at)
$$;

create function receive_texts(
    p_account bigint[], p_sid text[], p_number bigint[], p_phone text[], p_body text[], p_parts int[],
    p_encoding text[], p_provider_at timestamptz[], p_media jsonb[], p_route boolean[], p_late boolean[],
    p_said_at timestamptz[]
) returns table (account_id bigint, sid text, message_id bigint, conversation_id bigint)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    select array_agg(r.route and not exists (select from blocked_phone b where b.phone = r.phone) order by r.ord),
           array_agg(r.late and is_overtaken(r.number_id, r.phone, r.said_at) order by r.ord)
    into p_route, p_late
    from unnest(p_number, p_phone, p_route, p_late, p_said_at) with ordinality
         as r (number_id, phone, route, late, said_at, ord);
    return query select * from ingest_texts(p_account, p_sid, p_number, p_phone, p_body, p_parts, p_encoding,
                                            p_provider_at, p_media, p_route, p_late);
    if found then   -- one wake-up for the whole batch; channel and topics as in storage/wakeups.py
        perform pg_notify('answerback', case when p_media is null or array_length(array_remove(p_media, null), 1) is null
                                             then 'event,route' else 'event,route,media' end);
    end if;
end
$$;

-- What is now known about outbound messages. Statuses only move forward, by rank; several reports on one message may
-- come in one batch. Binds the provider's id where none was known.
create function move_messages(
    p_message bigint[], p_sid text[], p_status text[], p_rank int[], p_code text[], p_class text[], p_sentence text[],
    p_at timestamptz[], p_parts int[], p_price numeric[], p_currency text[]
) returns void
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_nestloop = off   -- joins within the batch by hash or merge, never row by row
as $$
#variable_conflict use_column
begin
    perform from message m where m.id = any (p_message) order by m.id for update;
    with report as (
        select r.*, m.status_rank as old_rank, m.conversation_id
        from unnest(p_message, p_sid, p_status, p_rank, p_code, p_class, p_sentence, p_at, p_parts, p_price, p_currency)
             with ordinality as r (id, sid, status, rank, code, class, sentence, at, parts, price, currency, ord)
        join (select * from message where id = any (p_message)) m on m.id = r.id   -- the array forces the primary key
    ), told as (   -- a row for each message: the furthest report, and what any of them tells
        select id, max(rank) as rank, (array_agg(status order by rank desc, ord))[1] as status,
               (array_agg(code order by rank desc, ord))[1] as code,
               (array_agg(class order by rank desc, ord))[1] as class,
               (array_agg(sentence order by rank desc, ord))[1] as sentence,
               max(sid) as sid, max(parts) as parts, max(price) as price, max(currency) as currency,
               min(coalesce(at, now())) filter (where rank between 30 and 70 and status not in ('failed', 'undelivered'))
                   as sent_at,
               min(coalesce(at, now())) filter (where status in ('delivered', 'read')) as delivered_at
        from report group by id
    ), moved as (
        update message m
        set provider_message_id = coalesce(m.provider_message_id, t.sid),
            status = case when t.rank > m.status_rank then t.status else m.status end,
            status_rank = greatest(m.status_rank, t.rank),
            error_code = case when t.rank > m.status_rank then t.code else m.error_code end,
            error_class = case when t.rank > m.status_rank then t.class else m.error_class end,
            error_sentence = case when t.rank > m.status_rank then t.sentence else m.error_sentence end,
            parts = coalesce(nullif(t.parts, 0), m.parts),
            price = coalesce(t.price, m.price),
            price_currency = case when t.price is null then m.price_currency else t.currency end,
            sent_at = coalesce(m.sent_at, t.sent_at),
            delivered_at = coalesce(m.delivered_at, t.delivered_at)
        from told t
        where m.id = any (p_message) and m.id = t.id
          and (t.rank > m.status_rank or (m.provider_message_id is null and t.sid is not null)
               or (t.price is not null and m.price is null) or (t.sent_at is not null and m.sent_at is null))
    ), step as (
        select distinct on (id, status) id, conversation_id, status, rank, code, class
        from report where rank > old_rank and status in ('accepted', 'sent', 'delivered', 'read', 'failed', 'undelivered',
                                                         'unclear', 'canceled')
        order by id, status, ord
    ), unsure as (
        insert into unclear_send (message_id, since)
        select id, coalesce((select o.sending_at from outbox o where o.message_id = step.id), now())
        from step where status = 'unclear'
        on conflict do nothing
    )
    insert into event (kind, conversation_id, contact_id, message_id, data)
    select case status when 'accepted' then 'MessageAccepted' when 'sent' then 'MessageSent'
                       when 'delivered' then 'MessageDelivered' when 'read' then 'MessageDelivered'
                       when 'unclear' then 'MessageUnclear' when 'canceled' then 'MessageCanceled'
                       else 'MessageFailed' end,
           conversation_id, (select c.contact_id from conversation c where c.id = step.conversation_id), id,
           case when class is null then '{}' else jsonb_strip_nulls(jsonb_build_object('code', code, 'class', class)) end
    from step order by id, rank;
end
$$;

-- Delivery reports: finds the message by the provider's id, else by ours where the provider's is not yet known.
-- Gives for each report the message it belongs to, or null.
create function apply_reports(
    p_account bigint[], p_sid text[], p_our bigint[], p_status text[], p_rank int[], p_code text[], p_class text[],
    p_sentence text[], p_at timestamptz[], p_parts int[], p_price numeric[], p_currency text[]
) returns bigint[]
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
    found_messages bigint[];
begin
    select array_agg(coalesce(
               (select m.id from message m where m.provider_account_id = r.account and m.provider_message_id = r.sid),
               (select m.id from message m where m.id = r.our and m.provider_account_id = r.account
                and m.kind = 'outbound' and m.provider_message_id is null)) order by r.ord)
    into found_messages
    from unnest(p_account, p_sid, p_our) with ordinality as r (account, sid, our, ord);
    perform move_messages(found_messages, p_sid, p_status, p_rank, p_code, p_class, p_sentence, p_at, p_parts, p_price,
                          p_currency);
    perform pg_notify('answerback', 'event');
    return found_messages;
end
$$;

-- Results of sends: moves the messages and takes them out of the outbox.
create function settle_sends(
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
    delete from outbox where message_id = any (p_message);
    perform pg_notify('answerback', 'event');
end
$$;

-- Takes queued texts of numbers leased to `p_holder`: replies before automated before bulk, per conversation one at a
-- time and in order, per number while it has tokens (parts); the last text may overdraw them. Commits 'sending'.
-- A row without a message names a number that has more waiting.
create function claim_outbox(p_holder text, p_number bigint[], p_tokens int[], p_limit int)
returns table (message_id bigint, number_id bigint, parts int, attempts int, phone text, body text, media bigint[])
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off   -- read each number's queue in its order, and stop early
set enable_sort = off
as $$
#variable_conflict use_column
begin
    return query
    with picked as (
        select array(
            select c.message_id
            from unnest(p_number, p_tokens) with ordinality as n (number_id, tokens, ord)
            join number_lease l on l.number_id = n.number_id and l.holder = p_holder and l.until > now()
            cross join lateral (
                select q.message_id, q.lane,
                       sum(q.parts) over (order by q.lane, q.message_id) - q.parts as parts_before
                from (select o.message_id, o.lane, o.parts
                      from outbox o
                      where o.number_id = n.number_id and o.state = 'queued' and o.due_at <= now()
                        and (select true from outbox e where e.conversation_id = o.conversation_id
                             and e.state = 'sending' limit 1) is null
                        and (select true from outbox e where e.conversation_id = o.conversation_id
                             and e.state = 'queued' and (e.lane, e.message_id) < (o.lane, o.message_id) limit 1) is null
                      order by o.lane, o.message_id
                      limit least(n.tokens, p_limit)) q
            ) c
            where c.parts_before < n.tokens
            order by c.lane, n.ord, c.message_id
            limit p_limit
        ) as ids
    ), claimed as (
        update outbox o
        set state = 'sending', holder = p_holder, sending_at = now(), attempts = o.attempts + 1
        where o.message_id = any ((select ids from picked)::bigint[]) and o.state = 'queued'
        returning o.message_id, o.conversation_id, o.number_id, o.lane, o.parts, o.attempts
    )
    (select t.message_id, t.number_id, t.parts, t.attempts,
           (select c.customer_phone from conversation c where c.id = t.conversation_id),
           (select m.body from message m where m.id = t.message_id),
           array(select d.id from media d where d.message_id = t.message_id and d.state = 'stored' order by d.position)
    from claimed t order by t.lane, t.message_id)
    union all
    select null, n.number_id, 0, 0, null, null, null
    from unnest(p_number) as n (number_id), picked
    where exists (select from outbox o where o.number_id = n.number_id and o.state = 'queued'
                  and o.message_id <> all (picked.ids));
end
$$;
