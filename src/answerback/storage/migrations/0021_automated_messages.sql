-- Automated messages, the survey by text, and which files may come and go.

-- What is said for a trigger; a row of a number stands before that of all numbers.
create table automated_message (
    id bigint generated always as identity primary key,
    trigger text not null,                           -- domain/automation/triggers.py
    number_id bigint references number (id) on delete cascade,   -- null: every number
    active boolean not null,
    texts jsonb not null                             -- words by language (BCP 47)
);
create unique index automated_message_one on automated_message (trigger, number_id) nulls not distinct;

-- How much of it a customer may get, and the language of those whose own has no text. One row.
create table automation_limits (
    id boolean primary key default true check (id),
    fallback_language text not null default 'en',
    most_an_hour int not null default 4 check (most_an_hour between 1 and 100),
    most_a_day int not null default 12 check (most_a_day between 1 and 1000)
);
insert into automation_limits default values;

-- Texts owed to customers, and what became of them: each occasion once, however often its event is read.
create table automated_text (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversation (id),
    occasion text not null,
    trigger text not null,                           -- or survey, survey_thanks, place, head: usecases/send_owed.py
    body text not null,
    happened_at timestamptz not null,
    due_at timestamptz not null,
    outcome text not null default 'due' check (outcome in ('due', 'sent', 'late', 'capped', 'refused', 'asked')),
    reason text not null default '',                 -- of a refusal by the send gate
    phone text,                                      -- whom it was sent to
    message_id bigint references message (id),
    settled_at timestamptz
);
create unique index automated_text_once on automated_text (conversation_id, occasion);
create index automated_text_due on automated_text (due_at, id) where outcome = 'due';
create index automated_text_sent on automated_text (phone, settled_at) where outcome = 'sent';

alter table workstream
    add column survey jsonb not null default '{"active": false, "questions": {}, "thanks": {}, "answer_hours": 24}',
    add column media jsonb not null default '{"receive": ["image", "audio", "video", "file"], "send": true}';

create table survey (
    id bigint generated always as identity primary key,
    conversation_id bigint not null references conversation (id),
    number_id bigint not null references number (id),
    phone text not null,
    question_id bigint not null references message (id),
    asked_at timestamptz not null default now(),
    answer_until timestamptz not null,
    score smallint check (score between 1 and 5),
    comment text not null default '',
    answer_id bigint references message (id),
    answered_at timestamptz
);
create index survey_asked on survey (number_id, phone, id);
create index survey_conversation on survey (conversation_id, id);
alter table conversation add column survey_score smallint;

-- As in 0007, with the survey's lines.
drop index event_thread;
create index event_thread on event (conversation_id, at, id) where conversation_id is not null and kind in (
    'ConversationOpened', 'ConversationReopened', 'ConversationQueued', 'ConversationOffered', 'OfferAccepted',
    'OfferDeclined', 'OfferTimedOut', 'OfferWithdrawn', 'ConversationPicked', 'ConversationLeft',
    'ConversationSnoozed', 'ConversationWoken', 'ConversationResumed', 'ConversationEnded', 'ConversationClosed',
    'ConversationTransferred', 'ConversationReturned', 'ConsentRecorded', 'SurveyAsked', 'SurveyAnswered');
