-- What people changed is read page by page in the order of the log, without wading through the news of conversations.
drop index event_audit;
create index event_audit on event (xid, id) where conversation_id is null;
