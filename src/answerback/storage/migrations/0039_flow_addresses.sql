-- A flow's own address holds a key made from its secret and this: renewing the address counts it up.

alter table flow add column address_turn int not null default 0;
