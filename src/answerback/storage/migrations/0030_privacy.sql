-- What customers may ask for: that all of theirs is given out or erased; and what must not be erased meanwhile.

alter table contact add column erased_at timestamptz;    -- nothing is left of who they were
alter table message add column removed_at timestamptz;   -- its words and files were taken out, by erasure or by age

create table legal_hold (
    id bigint generated always as identity primary key,
    contact_id bigint not null references contact (id),
    reason text not null check (reason <> ''),
    set_by bigint references app_user (id),
    set_at timestamptz not null default now(),
    release_reason text not null default '',
    released_by bigint references app_user (id),
    released_at timestamptz                          -- null: it holds
);
create unique index legal_hold_one on legal_hold (contact_id) where released_at is null;
create index legal_hold_contact on legal_hold (contact_id, id);

-- Bytes go when no file uses them any more.
create index media_used on media (blob_hash) where blob_hash is not null;
