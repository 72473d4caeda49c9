"""Azure's calls as the centre holds them: a connection joins the lines of everybody in the call."""

import asyncio
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from answerback_emulator.world.calls import Call

ConnectionState = Literal[
    "connecting", "connected", "transferring", "transferAccepted", "disconnecting", "disconnected"
]


@dataclass(slots=True, eq=False)
class Connection:
    """One call under Call Automation. `legs` are the lines of all who are in it or are being rung."""

    id: str
    server_call_id: str
    correlation_id: str
    account_sid: str
    callback_uri: str
    context: str = ""
    number: str = ""
    speech_endpoint: str = ""
    state: ConnectionState = "connecting"
    legs: list[Call] = field(default_factory=list)
    invitations: dict[str, Call] = field(default_factory=dict)
    updates: "count[int]" = field(default_factory=lambda: count(1))
    plays: list[asyncio.Task[None]] = field(default_factory=list)
    speaker: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def sid(self) -> str:
        """What its callbacks are about."""
        return self.id

    @property
    def status(self) -> str:
        """How it stands, for the log."""
        return self.state

    @property
    def app(self) -> str:
        """The identity Azure gives the centre in this call."""
        return f"8:acs:{self.account_sid}_{self.id}"

    @property
    def talking(self) -> list[Call]:
        """The lines of those who are in the call now."""
        return [leg for leg in self.legs if leg.status == "in-progress"]
