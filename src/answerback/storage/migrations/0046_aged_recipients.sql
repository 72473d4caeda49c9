-- What files said of people goes by age as the words of texts do: from recipients of campaigns that have ended, and from
-- lists that nothing uses any more. Each is looked through once, in blocks; where a hold is released, anew.

alter table campaign add column cleared_to int default -1;   -- recipients up to this place; null: all
alter table audience add column cleared_to int default -1;   -- members up to this place; null: all
create index campaign_to_clear on campaign (id) where ended_at is not null and cleared_to is not null;

-- The first rows of a file were kept for choosing its columns: once it is read nobody needs them.
update audience set layout = jsonb_set(layout, '{rows}', '[]') where layout is not null and state in ('ready', 'failed');
