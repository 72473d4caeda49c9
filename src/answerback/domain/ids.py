"""The ids of the centre's rows, told apart by type so that one cannot be passed for another."""

from typing import NewType

UserId = NewType("UserId", int)
QueueId = NewType("QueueId", int)
WorkstreamId = NewType("WorkstreamId", int)
NumberId = NewType("NumberId", int)
AccountId = NewType("AccountId", int)
ContactId = NewType("ContactId", int)
ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)
OfferId = NewType("OfferId", int)
