-- A person begins a flow for every contact with a tag: an occurrence of its own, worked off as those of the clock are.

alter table flow_occurrence add column tag text,     -- null: the trigger's
    add column begun_by bigint references app_user (id);
