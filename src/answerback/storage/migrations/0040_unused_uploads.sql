-- Uploads that were not sent go after a day; they are found without wading through the files of texts.

create index media_unused on media (created_at) where message_id is null and uploaded_by is not null;
