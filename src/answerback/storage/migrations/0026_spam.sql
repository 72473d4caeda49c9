-- A phone that a person took off the block list is not blocked again for what it sent before.
create table spam_pardon (
    phone text primary key,
    at timestamptz not null default now()
);
