"""Ids of the things we talk about: plain ints that cannot be mixed up by accident."""

from typing import NewType

UserId = NewType("UserId", int)
QueueId = NewType("QueueId", int)
WorkstreamId = NewType("WorkstreamId", int)
NumberId = NewType("NumberId", int)
BrandId = NewType("BrandId", int)
AccountId = NewType("AccountId", int)
ContactId = NewType("ContactId", int)
ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)
OfferId = NewType("OfferId", int)
CallId = NewType("CallId", int)
