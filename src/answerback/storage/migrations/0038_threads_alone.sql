-- As in 0032; and batches that begin a thread for the same known phone at the same moment wait for one another, so that
-- the second finds the first's thread and counts its text.

create or replace function lock_threads(p_numbers bigint[], p_phones text[])
returns table (number_id bigint, phone text, contact_id bigint, thread_id bigint, new bool, last_seq int, customer_opened bool)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    made text[];
    contacts bigint[];
    threads bigint[];
    alone text[];
begin
    with phones as (
        insert into contact_phone (phone, contact_id)
        select p.phone, nextval('contact_id_seq') from (
            select distinct p.phone from unnest(p_phones) as p (phone)
            where (select true from contact_phone k where k.phone = p.phone limit 1) is null order by p.phone) p
        on conflict (phone) do nothing returning phone, contact_id
    ), people as (
        insert into contact (id) select contact_id from phones
    )
    select array_agg(phone) into made from phones;

    loop
        select array_agg(p.contact_id order by p.ord),
               array_agg((select c.id from conversation c
                          where c.number_id = p.number_id and c.contact_id = p.contact_id
                            and c.customer_phone = p.phone
                          order by c.id desc limit 1) order by p.ord)
        into contacts, threads
        from (select p.*, (select k.contact_id from contact_phone k where k.phone = p.phone limit 1) as contact_id
              from unnest(p_numbers, p_phones) with ordinality as p (number_id, phone, ord) offset 0) p;
        exit when alone is not null;
        alone := array(select p.phone from unnest(p_phones, threads) as p (phone, thread) where p.thread is null
                       except select unnest(made));
        exit when cardinality(alone) = 0;
        perform from contact_phone k where k.phone = any (alone) order by k.phone for no key update;
    end loop;
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
