-- Texts of ours, one or thousands, are written by one statement; and messages say when a campaign or a flow sent them.

alter table message drop constraint message_origin_check;
alter table message add constraint message_origin_check
    check (origin in ('customer', 'agent', 'automated', 'api', 'campaign', 'flow'));

-- What the send gate has decided on (usecases/text_batch.py), of one number: its texts in their order, the conversations
-- they stand in (locked, or new with an id of the sequence), and the stamps that texts of a kind have in common.
-- Gives the texts' ids.
create function store_outbound_texts(
    p_number bigint, p_account bigint, p_gate text,
    t_id bigint[], t_new bool[], t_contact bigint[], t_phone text[], t_seq int[], t_texts int[], t_preview text[],
    t_answers bool[],
    x_conversation bigint[], x_contact bigint[], x_phone text[], x_seq int[], x_body text[], x_stamp int[],
    s_origin text[], s_author bigint[], s_client_key text[], s_parts int[], s_encoding text[], s_status text[],
    s_rank smallint[], s_error_class text[], s_error_sentence text[], s_decision jsonb[], s_from bigint[],
    s_detour text[], s_due_at timestamptz[], s_purpose text[], s_lane smallint[], s_about text[], s_subject text[],
    s_kind text[], s_data jsonb[]
) returns setof bigint
language plpgsql
-- Planned once, and for index probes, as ingest_texts is (0010).
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    if true = any (t_new) then
        insert into conversation (id, number_id, workstream_id, queue_id, contact_id, customer_phone, state, closed_at,
                                  close_reason, last_seq, version, last_message_at, last_direction, last_preview)
        overriding system value
        select t.id, n.id, w.id, w.queue_id, t.contact, t.phone, 'closed', now(), 'not_routed', t.seq, 1 + t.texts,
               case when t.preview is not null then now() end, case when t.preview is not null then 'outbound' end,
               coalesce(t.preview, '')
        from unnest(t_id, t_new, t_contact, t_phone, t_seq, t_texts, t_preview)
                 as t (id, new, contact, phone, seq, texts, preview),
             number n join workstream w on w.id = n.workstream_id
        where t.new and n.id = p_number;
    end if;

    -- `preview` is null where nothing leaves now: refused and scheduled texts only take their places. `answers`: a
    -- person replied, so nobody is waiting any more.
    if false = any (t_new) then
        update conversation c
        set last_seq = t.seq, version = c.version + t.texts,
            last_message_at = case when t.preview is null then c.last_message_at else now() end,
            last_direction = case when t.preview is null then c.last_direction else 'outbound' end,
            last_preview = coalesce(t.preview, c.last_preview),
            waiting_since = case when t.answers then null else c.waiting_since end,
            unread = case when t.answers then 0 else c.unread end,
            auto_close_at = case when not t.answers then c.auto_close_at
                when c.state = 'active' then now() + make_interval(secs => w.auto_close_active_seconds)
                when c.state = 'waiting' then now() + make_interval(secs => w.auto_close_waiting_seconds)
                else c.auto_close_at end
        from unnest(t_id, t_new, t_seq, t_texts, t_preview, t_answers) as t (id, new, seq, texts, preview, answers),
             workstream w
        where c.id = any (t_id) and c.id = t.id   -- the array forces the primary key
          and not t.new and w.id = c.workstream_id;
    end if;

    return query
    with placed as materialized (
        select nextval('message_id_seq') as id, r.* from (
            select x.conversation, x.contact, x.phone, x.seq, x.body, s.*
            from unnest(x_conversation, x_contact, x_phone, x_seq, x_body, x_stamp) with ordinality
                     as x (conversation, contact, phone, seq, body, stamp, ord)
            join unnest(s_origin, s_author, s_client_key, s_parts, s_encoding, s_status, s_rank, s_error_class,
                        s_error_sentence, s_decision, s_from, s_detour, s_due_at, s_purpose, s_lane, s_about,
                        s_subject, s_kind, s_data) with ordinality
                     as s (origin, author, client_key, parts, encoding, status, rank, error_class, error_sentence,
                           decision, from_number, detour, due_at, purpose, lane, about, subject, kind, data, place)
                 on s.place = x.stamp
            order by x.ord) r
    ), written as (
        insert into message (id, conversation_id, seq, kind, origin, author_id, provider_account_id, body, parts,
                             encoding, status, status_rank, error_class, error_sentence, client_key, decision,
                             from_number_id, detour)
        overriding system value
        select id, conversation, seq, 'outbound', origin, author, p_account, body, parts, encoding, status, rank,
               error_class, error_sentence, client_key, decision, from_number, detour
        from placed
    ), queued as (   -- the one statement that lets a text leave
        insert into outbox (message_id, number_id, conversation_id, purpose, lane, parts, gate, state, due_at)
        select id, p_number, conversation, purpose, lane, greatest(parts, 1), p_gate,
               case when due_at is null then 'queued' else 'scheduled' end, coalesce(due_at, now())
        from placed where purpose is not null
    ), counted as (
        insert into proactive_send (message_id, phone, about, subject, at)
        select id, phone, about, subject, coalesce(due_at, now()) from placed where about is not null
    ), told as (
        insert into event (kind, actor_id, conversation_id, contact_id, message_id, data)
        select kind, author, conversation, contact, id, data from placed order by id
    )
    select id from placed order by id;

    perform pg_notify('answerback',
                      case when (select bool_or(p is not null) from unnest(s_purpose) p) then 'outbox,event' else 'event' end);
end $$;
