-- A reply may leave from another number of the workstream that the customer knows, while its own cannot send.

alter table workstream add column fail_over boolean not null default false;

alter table message
    add column from_number_id bigint references number (id),        -- null: the conversation's own
    add column detour text check (detour in ('held_back', 'failed'));   -- why it left from there
