"""How far the set-up is: one question to the database, answered by facts, so that each step ticks itself."""

from dataclasses import dataclass

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class SetupFacts:
    account: bool
    workstream: bool
    number: bool
    queue: bool
    agents: bool
    members: bool
    received: bool
    delivered: bool


async def read_setup(connection: Database) -> SetupFacts:
    row = await connection.fetchrow(
        """
        select exists (select from provider_account where active) as account,
               exists (select from workstream) as workstream,
               exists (select from number where active) as number,
               exists (select from queue) as queue,
               exists (select from app_user where active and role <> 'administrator')
               or (select count(*) > 1 from app_user where active) as agents,
               exists (select from queue_member m join app_user u on u.id = m.user_id where u.active) as members,
               exists (select from provider_account where last_inbound_at is not null) as received,
               exists (select from message where delivered_at is not null) as delivered
        """
    )
    assert row is not None
    return SetupFacts(**row)
