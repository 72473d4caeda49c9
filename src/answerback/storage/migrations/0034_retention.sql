-- How long words, files and news are kept; one row. Null days: for ever. `..._to` is how far the worker has come, so that
-- a crash costs one batch; it begins anew once a week, where days change, and where a hold is released.

create table retention (
    id int primary key default 1 check (id = 1),
    texts_days int check (texts_days between 1 and 36500),
    files_days int check (files_days between 1 and 36500),
    events_days int check (events_days between 1 and 36500),
    texts_to bigint not null default 0,              -- message.id
    files_to bigint not null default 0,              -- media.id
    begun_on date,                                   -- when it last began from the first row
    around_on date                                   -- when what stands beside texts was last looked through
);
insert into retention default values;
