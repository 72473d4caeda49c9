"""Proves that a callback is TeleSign's: HMAC-SHA256 of the raw body under the API key, on either of two headers.

Neither address nor date is signed, so a callback can be replayed as it is: ingest keeps each text once, and statuses
only move forward.
"""

import hmac

from answerback.providers.contract import Account, Forged, Genuine, HookRequest
from answerback.providers.telesign.authorization import BadKeyError, key_of, sign

HEADERS = ("x-ts-authorization", "authorization")
SCHEME = "tsa "

NO_SIGNATURE = (
    "no X-TS-Authorization or Authorization header with a TeleSign signature: the request did not come from TeleSign, "
    "or a proxy removed the headers. If it came from TeleSign, let the proxy pass them on."
)
MISMATCH = (
    "signature does not match: check that the account's API key is the current one, "
    "and that no proxy changes the body on its way"
)
OTHER_CUSTOMER = (
    "signed for another TeleSign customer ID than this account's: "
    "give each account its own callback address in TeleSign"
)
NOTHING_TO_CHECK_WITH = (
    "the account has no usable API key to check signatures with: copy it whole from the TeleSign portal"
)


def verify(request: HookRequest, account: Account) -> Genuine | Forged:
    """Constant time in the signature. One matching header is enough: documents and samples differ in which to read."""
    given = [header for name in HEADERS if (header := request.headers.get(name, "").strip())]
    candidates = [_bare(header) for header in given if not header.lower().startswith(("basic ", "bearer "))]
    if not candidates:
        return Forged(NO_SIGNATURE)
    try:
        expected = sign(key_of(account.credentials), request.body).encode()
    except BadKeyError:
        return Forged(NOTHING_TO_CHECK_WITH)
    if any(hmac.compare_digest(expected, signature) for _, signature in candidates):
        return Genuine()
    ours = account.credentials.get("customer_id", "").strip().lower()
    named = [customer.strip().lower() for customer, _ in candidates if customer]
    return Forged(OTHER_CUSTOMER if named and ours not in named else MISMATCH)


def _bare(header: str) -> tuple[str, bytes]:
    """Customer id ("" where none is named) and signature of "TSA id:signature" or of a bare signature."""
    if not header.lower().startswith(SCHEME):
        return "", header.encode("utf-8", "replace")
    customer, _, signature = header[len(SCHEME) :].rpartition(":")
    return customer, signature.strip().encode("utf-8", "replace")
