-- What texts of ours, one or thousands, are asked by: index probes whatever the statistics say, planned once (as 0010).

-- The threads of our numbers with these phones, pair by pair, locked in the order of their ids: the latest of each, else a
-- new one with an id of the sequence that is not stored yet. Contacts are made where there are none.
create function lock_threads(p_numbers bigint[], p_phones text[])
returns table (number_id bigint, phone text, contact_id bigint, thread_id bigint, new bool, last_seq int, customer_opened bool)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    contacts bigint[];
    threads bigint[];
begin
    with phones as (
        insert into contact_phone (phone, contact_id)
        select p.phone, nextval('contact_id_seq') from (
            select distinct p.phone from unnest(p_phones) as p (phone)
            where (select true from contact_phone k where k.phone = p.phone limit 1) is null order by p.phone) p
        on conflict (phone) do nothing returning contact_id
    )
    insert into contact (id) select contact_id from phones;

    select array_agg(p.contact_id order by p.ord),
           array_agg((select c.id from conversation c
                      where c.number_id = p.number_id and c.contact_id = p.contact_id and c.customer_phone = p.phone
                      order by c.id desc limit 1) order by p.ord)
    into contacts, threads
    from (select p.*, (select k.contact_id from contact_phone k where k.phone = p.phone limit 1) as contact_id
          from unnest(p_numbers, p_phones) with ordinality as p (number_id, phone, ord) offset 0) p;
    perform from conversation c where c.id = any (threads) order by c.id for update;

    return query
    select p.number_id, p.phone, p.contact_id, coalesce(p.thread, nextval('conversation_id_seq')), p.thread is null,
           coalesce(c.last_seq, 0), coalesce(c.customer_opened, false)
    from unnest(p_numbers, p_phones, contacts, threads) as p (number_id, phone, contact_id, thread)
    left join lateral (
        select c.last_seq, (c.last_inbound_at is not null
                            or exists (select from voice_call v where v.conversation_id = c.id
                                       and v.direction = 'inbound')) as customer_opened
        from conversation c where c.id = p.thread limit 1) c on true;
end $$;

-- What the send gate asks about recipients, as seen from a number of ours. Each thing that was said, and each text that
-- was sent unasked, in arrays of one length.
create function read_recipients(p_number bigint, p_phones text[])
returns table (phone text, blocked bool, time_zone text, language text, region text, wrote_at timestamptz,
               ids bigint[], number_ids bigint[], brand_ids bigint[], choices text[], sources text[], ats timestamptz[],
               wordss text[], purposes text[], confirm_untils timestamptz[],
               recent_ats timestamptz[], abouts text[], subjects text[])
language plpgsql
stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    return query
    select p.phone, (select true from blocked_phone b where b.phone = p.phone limit 1) is true,
           t.time_zone, t.language,
           coalesce(t.attributes ->> 'state', t.attributes ->> 'province', t.attributes ->> 'region'),
           (select c.last_inbound_at from conversation c
            where c.number_id = p_number and c.contact_id = p.contact_id and c.last_inbound_at is not null
            order by c.id desc limit 1),
           e.ids, e.number_ids, e.brand_ids, e.choices, e.sources, e.ats, e.wordss, e.purposes, e.confirm_untils,
           s.ats, s.abouts, s.subjects
    from (select p.phone, (select k.contact_id from contact_phone k where k.phone = p.phone limit 1) as contact_id
          from unnest(p_phones) as p (phone) offset 0) p
    left join lateral (
        select t.time_zone, t.language, t.attributes from contact t where t.id = p.contact_id limit 1) t on true
    left join lateral (
        select array_agg(c.id order by c.id) as ids, array_agg(c.number_id order by c.id) as number_ids,
               array_agg(c.brand_id order by c.id) as brand_ids, array_agg(c.choice order by c.id) as choices,
               array_agg(c.source order by c.id) as sources, array_agg(c.at order by c.id) as ats,
               array_agg(c.words order by c.id) as wordss, array_agg(c.purpose order by c.id) as purposes,
               array_agg(c.confirm_until order by c.id) as confirm_untils
        from consent_entry c where c.phone = p.phone) e on true
    left join lateral (
        select array_agg(r.at) as ats, array_agg(r.about) as abouts, array_agg(r.subject) as subjects
        from proactive_send r where r.phone = p.phone and r.at > now() - interval '30 days') s on true;
end $$;

-- A third of what it costs to write a text was asking for rows that are there: these are written by the statement that
-- writes their message, and no message is ever deleted. Its conversation and `from_number_id` keep the number.
alter table outbox drop constraint outbox_message_id_fkey, drop constraint outbox_number_id_fkey;
alter table proactive_send drop constraint proactive_send_message_id_fkey;

-- Closed conversations are looked up by who held them; threads that are routed to nobody need no place there.
drop index conversation_closed;
create index conversation_closed on conversation (agent_id, closed_at desc) where state = 'closed' and agent_id is not null;
