-- What a person has done about a text that did not arrive; it then leaves the work list. Texts have their index: 0003.
create table failed_text_done (
    message_id bigint primary key references message (id),
    how text not null check (how in ('resent', 'left')),
    resent_as bigint references message (id),
    user_id bigint references app_user (id),
    at timestamptz not null default now()
);
