-- What an account is billed in: prices of parts and budgets of its numbers are in it.
alter table provider_account add column currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$');
