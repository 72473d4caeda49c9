"""A shop whose number is Azure's: one resource at the emulator, its events coming to our one door."""

import base64
import secrets
from typing import Any

from tests.stories.shop import Shop, new_phone

SPEECH = "https://speech.cognitiveservices.azure.com"


class AzureShop(Shop):
    """As the other one; the number is toll-free and has voice."""

    async def open(self, **credentials: Any) -> None:  # type: ignore[override]  # a resource of its own, not Twilio's
        self.number = new_phone("833")
        resource, key = f"shop-{secrets.token_hex(6)}", base64.b64encode(secrets.token_bytes(32)).decode()
        webhook_key = secrets.token_hex(16)
        held = {"access_key": key, "webhook_key": webhook_key, "speech_endpoint": SPEECH, **credentials}
        account = {"provider": "acs", "name": resource, "api_base_url": self.emulator.base_url, "credentials": held}
        self.account_id = (await self.api.post("/provider-accounts", account))["id"]
        door = f"{self.public_url}/hooks/acs/{self.account_id}?key={webhook_key}"
        assert await self._is_open(door)
        declared = {"sid": resource, "provider": "acs", "auth_token": key, "event_url": door}
        await self.emulator.post("/emulator/accounts", declared)
        number = {"phone_number": self.number, "account_sid": resource, "provider": "acs", "type": "toll_free"}
        await self.emulator.post("/emulator/numbers", number | {"capabilities": ["sms", "voice"]})
        self.queue_id = (await self.api.post("/queues", {"name": resource}))["id"]
        stream = {"name": resource, "queue_id": self.queue_id, "wrap_up_capacity": "never"}
        self.workstream_id = (await self.api.post("/workstreams", stream))["id"]
        ours = {
            "address": self.number,
            "name": resource,
            "provider_account_id": self.account_id,
            "workstream_id": self.workstream_id,
            "capabilities": ["sms", "voice"],
        }
        self.number_id = (await self.api.post("/numbers", ours))["id"]

    async def _is_open(self, door: str) -> bool:
        """Event Grid knocks once, at once; a new account is known to every process."""
        async with self.session.options(door, headers={"WebHook-Request-Origin": "eventgrid.azure.net"}) as answer:
            return answer.status == 200

    async def do_with_calls(self, **behaviour: str) -> None:
        """Azure's subscription is a step for people; the emulator's resource is subscribed to calls."""
        chosen = await self.api.put(f"/numbers/{self.number_id}/voice", behaviour)
        assert all(check["ok"] is not False for check in chosen["checks"]), chosen
