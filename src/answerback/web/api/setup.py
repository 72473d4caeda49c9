"""The set-up list: what a new centre still needs. Each line ticks itself when it is true."""

import msgspec
from litestar import Controller, get

from answerback.domain.access.permissions import Permission
from answerback.storage.setup import SetupFacts, read_setup
from answerback.web.api.services import Given

# field of SetupFacts, title, hint, where to do it
STEPS: tuple[tuple[str, str, str, str], ...] = (
    ("account", "Connect a provider", "Its credentials are checked as you enter them.", "/settings/provider-accounts"),
    ("queue", "Make a queue", "Conversations wait there for agents.", "/settings/queues"),
    ("agents", "Invite agents", "Agents, supervisors and administrators sign in here.", "/settings/users"),
    ("members", "Put agents into the queue", "Only members are offered its conversations.", "/settings/queues"),
    ("workstream", "Make a workstream", "It says how texts are handed to agents.", "/settings/workstreams"),
    ("number", "Add a number", "Its texts are then pointed here; calls stay as they are.", "/settings/numbers"),
    (
        "delivered",
        "Send a test text",
        "It proves the way out, to a phone you can look at.",
        "/settings/provider-accounts",
    ),
    ("received", "Answer it from the phone", "It proves the way in.", "/settings/provider-accounts"),
)


class SetupItem(msgspec.Struct, frozen=True):
    """One step; `path` is the screen where it is done."""

    id: str
    title: str
    done: bool
    hint: str
    path: str


class SetupList(msgspec.Struct, frozen=True):
    items: list[SetupItem]


class SetupController(Controller):
    path = "/api/v1/setup"
    tags = ("Set-up",)

    @get("/", operation_id="getSetup", summary="What is still to set up", access=Permission.MANAGE_SETTINGS)
    async def read(self, services: Given) -> SetupList:
        """In the order they are best done."""
        return SetupList(_items(await read_setup(services.pool)))


def _items(facts: SetupFacts) -> list[SetupItem]:
    return [SetupItem(step, title, getattr(facts, step), hint, path) for step, title, hint, path in STEPS]
