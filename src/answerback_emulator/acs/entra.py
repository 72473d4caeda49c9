"""Microsoft Entra ID's token endpoint, for the applications declared with the resources.

Source: learn.microsoft.com, "OAuth 2.0 client credentials flow": the form, the answer, and AADSTS error codes.
"""

import hmac
import time
from urllib.parse import parse_qsl

from starlette.types import Scope

from answerback_emulator.acs.tokens import AUDIENCE, LASTS_S, SCOPES, Claims, write_token
from answerback_emulator.door import Answer, Door, json_answer
from answerback_emulator.world.records import EntraApp

TOKEN = "/oauth2/v2.0/token"  # noqa: S105 - an address


class EntraDoor(Door):
    """Answers /{tenant}/oauth2/v2.0/token."""

    suffixes = (TOKEN,)
    carrier = "acs"

    def too_many(self) -> Answer:
        return _refusal(429, "temporarily_unavailable", 90055, "The server has received too many requests.")

    def broken(self) -> Answer:
        return _refusal(503, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.")

    def answer(self, scope: Scope, body: bytes) -> Answer:
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        tenant = scope["path"].removesuffix(TOKEN).strip("/")
        apps = [one.entra for one in self._emulator.world.accounts.values() if one.entra and one.provider == "acs"]
        return self._grant(tenant, form, [app for app in apps if app.tenant_id == tenant])

    def _grant(self, tenant: str, form: dict[str, str], apps: list[EntraApp]) -> Answer:
        client, secret = form.get("client_id", ""), form.get("client_secret", "")
        app = next((one for one in apps if one.client_id == client), None)
        if form.get("grant_type") != "client_credentials":
            return _refusal(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
        if not apps:
            return _refusal(400, "invalid_request", 90002, f"Tenant '{tenant}' not found.")
        if app is None:
            return _refusal(400, "unauthorized_client", 700016, f"Application '{client}' was not found.")
        if not hmac.compare_digest(secret.encode(), app.client_secret.encode()):
            return _refusal(401, "invalid_client", 7000215, "Invalid client secret provided.")
        if form.get("scope") not in SCOPES:
            return _refusal(400, "invalid_scope", 70011, "The provided value for 'scope' is not valid.")
        now = time.time() + self._emulator.chance.dials.clock_skew_s
        token = write_token(Claims(tenant, client, AUDIENCE, int(now) + LASTS_S))
        lasts = {"expires_in": LASTS_S, "ext_expires_in": LASTS_S}
        return json_answer(200, {"token_type": "Bearer", **lasts, "access_token": token})


def _refusal(status: int, error: str, number: int, why: str) -> Answer:
    return json_answer(status, {"error": error, "error_description": f"AADSTS{number}: {why}", "error_codes": [number]})
