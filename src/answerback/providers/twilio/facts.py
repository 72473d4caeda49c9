"""What is true of every Twilio account: its credentials and where they are found, its doors."""

from typing import Final

from answerback.providers.facts import Credential, Door, Facts, VoiceFacts

_CONSOLE = "On the first page of the Twilio console, under Account Info."
_KEYS = "In the Twilio console under Account, API keys & tokens. Only where you send with an API key."
_SHARED = "Where your webhooks are signed with a shared key in place of the auth token."

FACTS: Final = Facts(
    label="Twilio",
    api_base_url="https://api.twilio.com",
    credentials=(
        Credential("account_sid", "Account SID", _CONSOLE, secret=False),
        Credential("auth_token", "Auth token", _CONSOLE),
        Credential("api_key_sid", "API key SID", _KEYS, required=False, secret=False, folded=True),
        Credential("api_key_secret", "API key secret", _KEYS, required=False, folded=True),
        Credential("shared_key_id", "Shared key id", _SHARED, required=False, secret=False, folded=True),
        Credential("shared_key_secret", "Shared key secret", _SHARED, required=False, folded=True),
    ),
    doors=frozenset({Door.MESSAGE, Door.STATUS, Door.VOICE}),
    media=True,
    api_example="https://api.twilio.com",
    listed_types=frozenset({"long_code", "toll_free", "short_code"}),
    sets_callbacks=True,
    https_only=False,
    without_texts="Buy one with SMS in the Twilio console: Phone Numbers, Manage, Buy a number.",
    lists_inbound=True,
    lists_sent=True,
    voice=VoiceFacts(sip=True),
)
