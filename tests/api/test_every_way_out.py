"""Every way a text can leave, by name: to a phone on the block list none of them sends, and to another each does.

A way that is not in this table fails the first test; tests/shape/test_one_gate.py holds what lies behind them.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from answerback.domain.automation.triggers import Trigger
from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from answerback.storage.workstreams import Survey
from answerback.usecases.ask_consent import ConsentRequest, ask_consent
from answerback.usecases.automated_settings import MessageChange, save_automated
from answerback.usecases.close_conversation import close_conversation
from answerback.usecases.end_conversation import end_conversation
from answerback.usecases.pick_conversation import pick_conversation
from answerback.usecases.send_test_text import send_test_text
from answerback.usecases.send_text import SendText, resend_text, send_text
from answerback.usecases.start_conversation import StartConversation, start_conversation
from answerback.usecases.step_flows import step_due
from answerback.usecases.workstream_settings import change_workstream
from answerback.usecases.workstream_shapes import WorkstreamChanges
from answerback.workers.clock import Clock
from tests.api import campaigning, ordering
from tests.api.campaigning import feeder
from tests.api.flowing import make_template
from tests.api.people import MakePerson, Person
from tests.automated import follower, work
from tests.ingest.test_calls import behave, call_form, knock, new_sid
from tests.live.centre import Centre
from tests.message_stage import Stage, message_stage, seed
from tests.shape.test_one_gate import callers

FREE, BLOCKED = "+12125550123", "+12125550124"


@dataclass(frozen=True, slots=True)
class Scene:
    """A small centre, and a customer who is blocked in the last moment, or is not."""

    stage: Stage
    boss: Person
    database_url: str
    phone: str = FREE

    @property
    def blocked(self) -> bool:
        return self.phone == BLOCKED

    @property
    def pool(self) -> Pool:
        return self.stage.pool

    @property
    def number(self) -> int:
        return self.stage.seeded.number_id

    async def block(self) -> None:
        if self.blocked:
            await self.pool.execute("insert into blocked_phone (phone) values ($1)", self.phone)

    async def writes(self, body: str = "Hello") -> int:
        """The customer; the conversation."""
        assert await self.stage.text(body, sender=self.phone) == 200
        found: int = await self.pool.fetchval("select max(id) from conversation")
        return found

    async def agrees(self) -> None:
        await self.pool.execute(
            "insert into consent_entry (phone, choice, source, words) values ($1, 'opt_in', 'form', 'Yes')", self.phone
        )

    async def left(self) -> int:
        """Texts on their way to the customer; each has the gate's answer with it."""
        rows = await self.pool.fetch(
            "select m.decision ->> 'verdict' as verdict, m.decision ->> 'rules' = o.gate as same from outbox o"
            " join message m on m.id = o.message_id join conversation c on c.id = m.conversation_id"
            " where o.state = 'queued' and c.customer_phone = $1",
            self.phone,
        )
        assert all((row["verdict"], row["same"]) == ("allowed", True) for row in rows)
        return len(rows)


Leave = Callable[[Scene], Awaitable[object]]


async def reply(scene: Scene) -> None:
    conversation = await scene.writes()
    await scene.block()
    await send_text(scene.pool, SendText(conversation, "Yes", scene.stage.seeded.agent_id))


async def send_again(scene: Scene) -> None:
    conversation = await scene.writes()
    await send_text(scene.pool, SendText(conversation, "Yes", scene.stage.seeded.agent_id))
    failed = await scene.pool.fetchval(
        "with gone as (delete from outbox where conversation_id = $1 returning message_id)"
        " update message set status = 'failed' where id in (select message_id from gone) returning id",
        conversation,
    )
    await scene.block()
    await resend_text(scene.pool, failed, scene.stage.seeded.agent_id)


async def send_later(scene: Scene) -> None:
    conversation = await scene.writes()
    later = datetime.now(UTC) + timedelta(hours=1)
    await send_text(scene.pool, SendText(conversation, "Yes", scene.stage.seeded.agent_id, send_at=later))
    await scene.block()
    await scene.pool.execute("update outbox set due_at = now()")
    await Clock(scene.pool).tick()


async def start(scene: Scene) -> None:
    await scene.block()
    command = StartConversation(scene.number, scene.phone, "Hello", scene.stage.seeded.agent_id, anywhere=True)
    await start_conversation(scene.pool, command)


async def send_test(scene: Scene) -> None:
    await scene.block()
    seeded = scene.stage.seeded
    await send_test_text(
        scene.pool, seeded.account_id, seeded.number_id, scene.phone, body=None, author_id=seeded.agent_id
    )


async def ask_to_confirm(scene: Scene) -> None:
    await scene.block()
    await ask_consent(scene.pool, ConsentRequest(scene.phone, scene.number, "By our form"), scene.stage.seeded.agent_id)


async def answer_keyword(scene: Scene) -> None:
    await scene.pool.execute("update number set provider_answers_keywords = false")
    await scene.stage.directory.refresh()
    await scene.block()
    await scene.writes("HELP")


async def text_back(scene: Scene) -> None:
    if not scene.blocked:  # who comes first finds it so
        await behave(scene.stage, "text_thread", words="We text you.", text_back="You called us.")
    await scene.block()
    call = new_sid()
    await knock(scene.stage, call_form(call, scene.phone))
    await knock(scene.stage, call_form(call, scene.phone, "completed", CallDuration="3"), "?step=ended")


async def greet(scene: Scene) -> None:
    change = MessageChange(True, {"en": "Welcome!", "es": "¡Hola!"})
    await save_automated(scene.pool, Trigger.GREETING, None, change, actor_id=scene.boss.id)
    await follower(scene.pool, scene.database_url).step()
    await scene.writes()
    await scene.block()
    await work(scene.pool, scene.database_url)


async def survey(scene: Scene) -> None:
    seeded, ann = scene.stage.seeded, Reader(scene.stage.seeded.agent_id, "agent")
    wanted = WorkstreamChanges(survey=Survey(True, {"en": "How did we do? 1-5"}, {"en": "Thank you!"}))
    await change_workstream(scene.pool, seeded.workstream_id, wanted, seeded.agent_id)
    await scene.pool.execute(
        "insert into queue_member values ($1, $2) on conflict do nothing", seeded.queue_id, ann.user_id
    )
    await scene.stage.directory.refresh()
    conversation = await scene.writes()
    await pick_conversation(scene.pool, ann, conversation)
    await end_conversation(scene.pool, ann, conversation)
    await close_conversation(scene.pool, ann, conversation, disposition=None)
    await scene.block()
    await work(scene.pool, scene.database_url)


async def campaign(scene: Scene) -> None:
    desk = campaigning.Desk(scene.pool, scene.boss, Centre(scene.pool), [scene.number])
    made = await desk.campaign(scene.phone)
    await desk.start(made)
    await scene.block()
    await feeder(scene.pool).tick()


async def try_campaign(scene: Scene) -> None:
    desk = campaigning.Desk(scene.pool, scene.boss, Centre(scene.pool), [scene.number])
    made = await desk.campaign(scene.phone)
    await scene.block()
    await desk.act(made, "test", to=scene.phone)


async def flow(scene: Scene) -> None:
    client = scene.boss.client
    steps = {"text": {"kind": "send", "template_id": await make_template(client, scene.phone, "Hello there")}}
    draft = {"trigger": {"kind": "automated"}, "first": "text", "steps": steps, "again": "always"}
    made = await client.post("/api/v1/flows", json={"name": scene.phone, "number_id": scene.number, "draft": draft})
    assert made.status_code == 201, made.text
    path = f"/api/v1/flows/{made.json()['id']}"
    assert (await client.post(f"{path}/publish")).status_code == 200
    assert (await client.post(f"{path}/runs", json={"items": [{"phone": scene.phone}]})).status_code == 201
    await scene.block()
    while (await step_due(scene.pool, 10)).runs:
        pass


async def order(scene: Scene) -> None:
    desk = ordering.Desk(scene.pool, scene.boss, Centre(scene.pool), [scene.number])
    made = await desk.configuration()
    await scene.block()
    await desk.order(made, ordering.item(scene.phone))


WAYS: dict[str, tuple[str, Leave]] = {
    "a person's or a program's reply": ("send_text", reply),
    "a text sent again": ("send_text", send_again),
    "a text for later, when its time has come": ("release_texts", send_later),
    "the first text of a conversation": ("start_conversation", start),
    "a test text of the set-up": ("send_test_text", send_test),
    "the question of a double opt-in": ("ask_consent", ask_to_confirm),
    "the answer to a keyword": ("receive_keyword", answer_keyword),
    "the text back for a missed call": ("receive_calls", text_back),
    "an automated message": ("send_owed", greet),
    "a survey": ("send_owed", survey),
    "a campaign": ("feed_campaigns", campaign),
    "a campaign's test text": ("try_campaign", try_campaign),
    "a flow": ("flow_effects", flow),
    "an order of another system, also through the connector": ("outbound_batch", order),
}
ELSEWHERE = {"fail_over"}
"""Replies that another number takes over: tests/dispatch/test_fail_over.py has them refused there."""
BEHIND = {"queue_text", "queue_texts"}


def test_whatever_puts_texts_into_the_outbox_is_in_the_table() -> None:
    doors = ("queue_text", "queue_texts", "queue_elsewhere", "TextBatch", "release_texts")
    calling = {Path(path).stem for door in doors for path in callers(door) if not path.startswith("cli/bench")}
    assert calling - BEHIND == {module for module, _ in WAYS.values()} | ELSEWHERE


@pytest.fixture
async def scene(pool: Pool, person: MakePerson, tmp_path: Path, database_url: str) -> AsyncIterator[Scene]:
    async with message_stage(pool, await seed(pool), tmp_path / "spool") as stage:
        await pool.execute("update sending_rules set courtesy_hours = false")
        yield Scene(stage, await person("administrator"), database_url)


@pytest.mark.parametrize("way", WAYS)
async def test_no_way_out_leads_past_the_gate(scene: Scene, way: str) -> None:
    _, leave = WAYS[way]
    for here in (scene, replace(scene, phone=BLOCKED)):
        await here.agrees()
        await leave(here)
        assert await here.left() == (0 if here.blocked else 1)
