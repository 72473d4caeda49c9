-- One event of ours may be told to a subscription under two names: a delivery, and that an ordered text is settled.

alter table webhook_delivery drop constraint webhook_delivery_subscription_id_event_id_key;
alter table webhook_delivery add unique (subscription_id, event_id, type);
