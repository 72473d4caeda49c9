-- The events shown inside a thread, found without wading through those of its messages.
-- The list is that of storage/views/thread.py; a test holds the two together.
create index event_thread on event (conversation_id, at, id) where conversation_id is not null and kind in (
    'ConversationOpened', 'ConversationReopened', 'ConversationQueued', 'ConversationOffered', 'OfferAccepted',
    'OfferDeclined', 'OfferTimedOut', 'OfferWithdrawn', 'ConversationPicked', 'ConversationLeft',
    'ConversationSnoozed', 'ConversationWoken', 'ConversationResumed', 'ConversationEnded', 'ConversationClosed',
    'ConversationTransferred', 'ConversationReturned', 'ConsentRecorded');

-- Who waits for one agent by name is looked at wherever they stand in the queue.
create index conversation_named on conversation (queue_id, queued_at, id)
    where state = 'open' and (affinity_agent_id is not null or transfer_agent_id is not null);
