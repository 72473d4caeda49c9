-- A person begins a flow for an audience as for a tag. A removed audience stays named in nothing: while runs of it are
-- still to begin it is not removed.

alter table flow_occurrence add column audience_id bigint references audience (id) on delete set null;
create index flow_occurrence_audience on flow_occurrence (audience_id) where audience_id is not null;
create index campaign_audience on campaign (audience_id);
