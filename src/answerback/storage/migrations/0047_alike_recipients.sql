-- Of recipients, those whom the send gate cannot tell apart but by where they are have the same text in `alike`: asked
-- once it is answered for all of them. Null: lines in the ledger that its answer names, or texts sent unasked since
-- `p_texted` (null: nobody asks). Who wrote since `p_wrote` is told from who wrote before. With their contact's name and
-- language.
create function alike_recipients(p_numbers bigint[], p_phones text[], p_wrote timestamptz, p_texted timestamptz)
returns table (alike text, name text, language text)
language plpgsql
stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    return query
    select case
               when e.told then null
               when p_texted is not null and (
                   select true from proactive_send r where r.phone = p.phone and r.at > p_texted limit 1) then null
               else concat_ws(
                   E'\x1f', (select true from blocked_phone b where b.phone = p.phone limit 1) is true, w.last > p_wrote,
                   w.last is null, coalesce(t.time_zone, ''), coalesce(t.region, ''), e.lines)
           end,
           coalesce(t.name, ''), t.language
    from (select p.number_id, p.phone, p.ord,
                 (select k.contact_id from contact_phone k where k.phone = p.phone limit 1) as contact_id
          from unnest(p_numbers, p_phones) with ordinality as p (number_id, phone, ord) offset 0) p
    left join lateral (
        select btrim(t.name) as name, t.language, t.time_zone,
               coalesce(t.attributes ->> 'state', t.attributes ->> 'province', t.attributes ->> 'region') as region
        from contact t where t.id = p.contact_id limit 1) t on true
    left join lateral (
        select c.last_inbound_at as last from conversation c
        where c.number_id = p.number_id and c.contact_id = p.contact_id and c.last_inbound_at is not null
        order by c.id desc limit 1) w on true
    left join lateral (
        select bool_or(c.choice <> 'opt_in') as told,
               string_agg(concat_ws(
                   E'\x1e', c.source, c.purpose, coalesce(c.number_id, 0), coalesce(c.brand_id, 0)), E'\x1f') as lines
        from consent_entry c where c.phone = p.phone) e on true
    order by p.ord;
end $$;
