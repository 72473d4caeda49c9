-- A sender's own key for a text: the same call again, even after a crash between its commit and its answer, finds the
-- text it made instead of making another.

alter table message add column client_key text;
create unique index message_client_key on message (author_id, client_key) where client_key is not null;
