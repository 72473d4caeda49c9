-- Ingest keeps its index probes whatever the statistics say. After a quiet night every conversation is closed and the
-- partial index of the open ones looks empty: reading all of it then costs the planner no more than one probe, and a
-- morning's burst pays for that plan with every conversation it opens. A scalar sub-query with a limit cannot be turned
-- into a join, so it stays a probe. Otherwise as in 0005.

create or replace function ingest_texts(
    p_account bigint[], p_sid text[], p_number bigint[], p_phone text[], p_body text[], p_parts int[],
    p_encoding text[], p_provider_at timestamptz[], p_media jsonb[], p_route boolean[], p_late boolean[]
) returns table (account_id bigint, sid text, message_id bigint, conversation_id bigint)
language plpgsql
-- Planned once: planning these statements costs ten times their execution. Made for index probes whatever the statistics say.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    contacts bigint[];
    conversations bigint[];
    locked bigint[];
begin
    -- 1. Keep what is new: unknown to the database, and once per batch.
    select array_agg(u.a order by u.ord), array_agg(u.s order by u.ord), array_agg(u.n order by u.ord),
           array_agg(u.p order by u.ord), array_agg(u.b order by u.ord), array_agg(u.parts order by u.ord),
           array_agg(u.e order by u.ord), array_agg(u.pat order by u.ord), array_agg(u.m order by u.ord),
           array_agg(u.r order by u.ord), array_agg(u.l order by u.ord)
    into p_account, p_sid, p_number, p_phone, p_body, p_parts, p_encoding, p_provider_at, p_media, p_route, p_late
    from (
        select distinct on (r.a, r.s) r.*
        from unnest(p_account, p_sid, p_number, p_phone, p_body, p_parts, p_encoding, p_provider_at, p_media, p_route,
                    p_late) with ordinality as r (a, s, n, p, b, parts, e, pat, m, r, l, ord)
        order by r.a, r.s, r.ord
    ) u
    where (select true from message m where m.provider_account_id = u.a and m.provider_message_id = u.s limit 1) is null;
    if p_account is null then
        return;
    end if;

    -- 2. A contact for every phone. Most are known: then nothing more is planned or run.
    contacts := contacts_of(p_phone);
    if array_position(contacts, null) is not null then
        with new_phone as (
            select d.phone, nextval(pg_get_serial_sequence('contact', 'id')) as id
            from (select distinct t.phone from unnest(p_phone) as t (phone)
                  where (select true from contact_phone c where c.phone = t.phone limit 1) is null order by 1) d
        ), claimed as (
            insert into contact_phone (phone, contact_id) select phone, id from new_phone order by phone
            on conflict (phone) do nothing
            returning contact_id
        )
        insert into contact (id) select contact_id from claimed;
        contacts := contacts_of(p_phone);
    end if;

    -- 3. A conversation for every text, locked in one order; again if one was closed under our hands.
    for attempt in 1..5 loop
        locked := conversations_of(p_number, contacts, p_route);
        if array_position(locked, null) is not null then
            with pair as (
                select t.number_id, t.contact_id, (array_agg(t.phone order by t.ord desc))[1] as phone,
                       (select max(c.id) from conversation c
                        where c.number_id = t.number_id and c.contact_id = t.contact_id) as latest
                from unnest(p_number, contacts, p_phone, p_route) with ordinality as t (number_id, contact_id, phone, route, ord)
                where t.route
                group by t.number_id, t.contact_id
            ), reopened as (
                update conversation c
                set state = 'open', state_since = now(), queued_at = now(), closed_at = null, close_reason = null,
                    affinity_agent_id = case when w.affinity then c.agent_id end,
                    affinity_until = case when w.affinity and c.agent_id is not null
                                          then now() + make_interval(secs => w.affinity_grace_seconds) end,
                    agent_id = null, wake_at = null, version = c.version + 1
                from pair, workstream w
                where c.id = any (array(select latest from pair)) and c.id = pair.latest   -- the array forces the primary key
                  and c.state = 'closed' and w.id = c.workstream_id
                  and c.close_reason is distinct from 'not_routed'
                  and c.closed_at > now() - make_interval(secs => w.reopen_seconds)
                returning c.id, c.number_id, c.contact_id
            ), made as (
                insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, queued_at)
                select pair.number_id, w.id, w.queue_id, pair.contact_id, pair.phone, 'open', now()
                from pair join number n on n.id = pair.number_id join workstream w on w.id = n.workstream_id
                where (select true from conversation c where c.number_id = pair.number_id
                       and c.contact_id = pair.contact_id and c.state <> 'closed' limit 1) is null
                  and not exists (select from reopened r where r.number_id = pair.number_id and r.contact_id = pair.contact_id)
                on conflict (number_id, contact_id) where state <> 'closed' do nothing
                returning id, contact_id
            )
            insert into event (kind, conversation_id, contact_id)
            select 'ConversationReopened', id, contact_id from reopened
            union all select 'ConversationOpened', id, contact_id from made;

            -- A text that is not routed still needs a thread to stand in.
            insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, closed_at, close_reason)
            select distinct on (t.number_id, t.contact_id)
                   t.number_id, w.id, w.queue_id, t.contact_id, t.phone, 'closed', now(), 'not_routed'
            from unnest(p_number, contacts, p_phone, p_route) as t (number_id, contact_id, phone, route)
            join number n on n.id = t.number_id join workstream w on w.id = n.workstream_id
            where not t.route and (select true from conversation c where c.number_id = t.number_id
                                   and c.contact_id = t.contact_id limit 1) is null;

            locked := conversations_of(p_number, contacts, p_route);
        end if;
        perform from conversation c where c.id = any (locked) order by c.id for update;
        conversations := conversations_of(p_number, contacts, p_route);
        exit when conversations = locked and array_position(conversations, null) is null;
    end loop;
    if conversations is distinct from locked or array_position(conversations, null) is not null then
        raise exception 'conversations kept closing while their texts arrived' using errcode = 'serialization_failure';
    end if;

    -- 4. Messages in order, under the locks.
    return query
    with incoming as (
        select r.*, c.contact_id, c.state as old_state, c.agent_id as old_agent,
               c.last_seq + row_number() over (partition by r.conversation_id order by r.ord) as seq
        from unnest(p_account, p_sid, p_phone, p_body, p_parts, p_encoding, p_provider_at, p_media, p_route, p_late,
                    conversations) with ordinality
             as r (account, sid, phone, body, parts, encoding, provider_at, media, route, late, conversation_id, ord)
        cross join lateral (select * from conversation c where c.id = r.conversation_id limit 1) c
        where (select true from message m where m.provider_account_id = r.account
               and m.provider_message_id = r.sid limit 1) is null
    ), inserted as (
        insert into message (conversation_id, seq, kind, origin, provider_account_id, provider_message_id, body, parts,
                             encoding, status, status_rank, late, provider_at)
        select conversation_id, seq, 'inbound', 'customer', account, sid, body, parts, encoding, 'received', 0, late,
               provider_at
        from incoming order by ord
        on conflict (provider_account_id, provider_message_id) where provider_message_id is not null do nothing
        returning id, conversation_id, seq, provider_account_id, provider_message_id
    ), kept as (
        select m.id, i.* from inserted m join incoming i on i.conversation_id = m.conversation_id and i.seq = m.seq
    ), attached as (
        insert into media (message_id, position, source_url, content_type, state, due_at)
        select k.id, a.ord - 1, a.item ->> 'url', coalesce(a.item ->> 'content_type', 'application/octet-stream'),
               'pending', now()
        from kept k cross join lateral jsonb_array_elements(k.media) with ordinality as a (item, ord)
        where k.media is not null
    ), said as (
        insert into event (kind, conversation_id, contact_id, message_id)
        select 'MessageReceived', conversation_id, contact_id, id from kept order by ord
    ), summed as (
        select conversation_id, contact_id, max(seq) as seq, count(*)::int as texts, bool_or(route) as route,
               (array_agg(body order by seq desc))[1] as body, (array_agg(phone order by seq desc))[1] as phone,
               min(old_state) as old_state, min(old_agent) as old_agent
        from kept group by conversation_id, contact_id
    ), moved as (
        update conversation c
        set last_seq = s.seq, unread = c.unread + s.texts, last_message_at = now(), last_inbound_at = now(),
            last_direction = 'inbound', last_preview = left(s.body, 120), customer_phone = s.phone,
            waiting_since = case when s.route then coalesce(c.waiting_since, now()) else c.waiting_since end,
            state = case when not s.route then c.state when c.state = 'waiting' then 'open'
                         when c.state = 'wrap_up' then 'active' else c.state end,
            state_since = case when s.route and c.state in ('waiting', 'wrap_up') then now() else c.state_since end,
            queued_at = case when s.route and c.state = 'waiting' then now() else c.queued_at end,
            affinity_agent_id = case when s.route and c.state = 'waiting'
                                     then case when w.affinity then c.agent_id end else c.affinity_agent_id end,
            affinity_until = case when s.route and c.state = 'waiting'
                                  then case when w.affinity and c.agent_id is not null
                                       then now() + make_interval(secs => w.affinity_grace_seconds) end
                                  else c.affinity_until end,
            agent_id = case when s.route and c.state = 'waiting' then null else c.agent_id end,
            wake_at = case when s.route and c.state = 'waiting' then null else c.wake_at end,
            capacity_until = case when s.route and c.state = 'wrap_up' then null else c.capacity_until end,
            auto_close_at = case when not s.route then c.auto_close_at
                                 when c.state in ('active', 'wrap_up')
                                 then now() + make_interval(secs => w.auto_close_active_seconds)
                                 else now() + make_interval(secs => w.auto_close_open_seconds) end,
            version = c.version + 1
        from summed s, workstream w
        where c.id = any (array(select conversation_id from summed)) and c.id = s.conversation_id
          and w.id = c.workstream_id
    ), woken as (
        insert into event (kind, conversation_id, contact_id, user_id)
        select case s.old_state when 'waiting' then 'ConversationQueued' else 'ConversationResumed' end,
               s.conversation_id, s.contact_id, s.old_agent
        from summed s where s.route and s.old_state in ('waiting', 'wrap_up')
    )
    select k.account, k.sid, k.id, k.conversation_id from kept k;
end
$$;

-- Its old predicate made it a candidate for finding the open conversation of a number and a contact.
drop index conversation_close_due;
create index conversation_close_due on conversation (auto_close_at) where state <> 'closed' and auto_close_at is not null;
