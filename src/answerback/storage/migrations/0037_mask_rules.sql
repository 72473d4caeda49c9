-- What of texts is covered: before people see it, or before a customer's text is stored.

create table mask_rule (
    id bigint generated always as identity primary key,
    name text not null unique check (name <> ''),
    kind text not null check (kind in ('card', 'ssn', 'email', 'pattern')),
    pattern text not null default '',                -- of kind pattern: domain/masking/pattern.py
    applies text not null default 'display' check (applies in ('display', 'storage')),
    active boolean not null default true,
    created_at timestamptz not null default now()
);
