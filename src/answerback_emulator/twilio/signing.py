"""How Twilio signs a webhook: HMAC over the exact URL and the sorted form fields.

Source: Twilio, "Webhooks security": SHA-1 with the account's token, or SHA-256 with a shared key named in a header.
"""

import base64
import hmac
from collections.abc import Iterable

from answerback_emulator.world.records import Account

Fields = Iterable[tuple[str, str]]


def sign_url(url: str, fields: Fields, secret: str, algorithm: str) -> str:
    """The signature over a URL as configured (without fragment) and its form fields.

    A name that repeats counts each different value once, in order.
    """
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    return base64.b64encode(hmac.digest(secret.encode(), signed.encode(), algorithm)).decode()


def signature_headers(account: Account, url: str, fields: Fields) -> dict[str, str]:
    """The signature header of a webhook of this account, and the settings header in shared-key mode."""
    for key in account.shared_keys:
        if key.id == account.signing_key:
            return {
                "X-Twilio-Signature": sign_url(url, fields, key.secret, "sha256"),
                "X-Twilio-Webhooks-Signature-Settings": f"key={key.id},algorithm=HMAC_SHA256",
            }
    return {"X-Twilio-Signature": sign_url(url, fields, account.auth_token, "sha1")}
