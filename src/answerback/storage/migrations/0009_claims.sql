-- A claimed text also tells why it is sent (TeleSign asks) and since when (a provider that knows repeated requests is
-- told the same moment again). Otherwise as in 0006.

drop function claim_outbox(text, bigint[], int[], int);

create function claim_outbox(p_holder text, p_number bigint[], p_tokens int[], p_limit int)
returns table (message_id bigint, number_id bigint, parts int, attempts int, phone text, body text, media bigint[],
               purpose text, sending_at timestamptz)
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
        returning o.message_id, o.conversation_id, o.number_id, o.lane, o.parts, o.attempts, o.purpose, o.sending_at
    )
    (select t.message_id, t.number_id, t.parts, t.attempts,
           (select c.customer_phone from conversation c where c.id = t.conversation_id),
           (select m.body from message m where m.id = t.message_id),
           array(select d.id from media d where d.message_id = t.message_id and d.state = 'stored' order by d.position),
           t.purpose, t.sending_at
    from claimed t order by t.lane, t.message_id)
    union all
    select null, n.number_id, 0, 0, null, null, null, null, null
    from unnest(p_number) as n (number_id), picked
    where exists (select from outbox o where o.number_id = n.number_id and o.state = 'queued'
                  and o.message_id <> all (picked.ids));
end
$$;
