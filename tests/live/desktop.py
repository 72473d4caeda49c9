"""A desk as a screen keeps it: the snapshot, changed by the events of the stream, as docs/reference/live.md says."""

from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]
CLOSED_SHOWN = 100


class Desktop:
    """Starts from the answer of GET /api/v1/desk; `apply` takes the data of one event."""

    def __init__(self, snapshot: Json, *, sees_all: bool) -> None:
        self.me: Json = snapshot["me"]
        self.queues = {queue["id"] for queue in snapshot["queues"]}
        self.sees_all = sees_all
        rows = [
            *snapshot["my"],
            *snapshot["open"],
            *snapshot["closed"],
            *(o["conversation"] for o in snapshot["offers"]),
        ]
        self.conversations: dict[int, Json] = {row["id"]: row for row in rows}
        self.offers: dict[int, Json] = {offer["id"]: offer for offer in snapshot["offers"]}
        self.agents: dict[int, Json] = {agent["id"]: agent for agent in snapshot["agents"]}

    def apply(self, event: Json) -> None:
        if row := event.get("conversation"):
            held = self.conversations.get(row["id"])
            if held is None or row["version"] >= held["version"]:
                self.conversations[row["id"]] = row
        if offer := event.get("offer"):
            self.offers[offer["id"]] = offer
        if agent := event.get("agent"):
            if self.sees_all or agent["id"] in self.agents:
                self.agents[agent["id"]] = agent
            if agent["id"] == self.me["id"]:
                self.me = self.me | agent

    def shown(self) -> Json:
        """What the lists hold now, comparable with another snapshot."""
        rows = self.conversations.values()
        pending = [o for o in self.offers.values() if o["state"] == "pending" and o["agent_id"] == self.me["id"]]
        closed = sorted((row for row in rows if self._is_closed(row)), key=lambda row: row["closed_at"], reverse=True)
        return {
            "me": self.me,
            "my": sorted((row for row in rows if self._is_mine(row)), key=lambda row: row["id"]),
            "open": sorted((row for row in rows if self._is_open(row)), key=lambda row: row["id"]),
            "closed": sorted(closed[:CLOSED_SHOWN], key=lambda row: row["id"]),
            "offers": [offer | {"conversation": self.conversations[offer["conversation_id"]]} for offer in pending],
            "agents": self.agents,
        }

    def _is_mine(self, row: Json) -> bool:
        return row["agent_id"] == self.me["id"] and row["state"] in ("active", "waiting", "wrap_up")

    def _is_open(self, row: Json) -> bool:
        return row["state"] == "open" and (self.sees_all or row["queue_id"] in self.queues)

    def _is_closed(self, row: Json) -> bool:
        if row["state"] != "closed" or row["agent_id"] != self.me["id"]:
            return False
        return datetime.fromisoformat(row["closed_at"]) > datetime.now(UTC) - timedelta(hours=24)
