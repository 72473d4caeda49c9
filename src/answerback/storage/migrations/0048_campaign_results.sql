-- Results of a large campaign are counted by looking at each of its texts: what was counted is kept for some multiple of
-- the time it took, so that screens that look again and again cost no more than that share of it.
create table campaign_result (
    campaign_id bigint primary key references campaign (id) on delete cascade,
    counted_at timestamptz not null,
    seconds double precision not null,
    items jsonb not null
);

-- Pages of those who got nothing, without wading through those who did.
create index campaign_recipient_left_out on campaign_recipient (campaign_id, state, place)
    where state in ('refused', 'stopped');
