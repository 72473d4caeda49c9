-- The daily look at providers: do the credentials still work, do texts still come here.
create table provider_upkeep (
    provider_account_id bigint primary key references provider_account (id) on delete cascade,
    due_at timestamptz not null
);

-- What the last look found, for the account (number_id null) and for each of its numbers.
create table provider_finding (
    provider_account_id bigint not null references provider_account (id) on delete cascade,
    number_id bigint references number (id) on delete cascade,
    checks jsonb not null,                           -- as providers/contract.py Check
    checked_at timestamptz not null
);
create unique index provider_finding_one on provider_finding (provider_account_id, number_id) nulls not distinct;
create index provider_finding_number on provider_finding (number_id);
