"""The tokens Call Automation signs its events with, and the documents by which the centre checks them.

Source: Azure, "How to secure webhook endpoint": RS256, five minutes, audience is the resource's immutable id.
"""

import base64
import time
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from answerback_emulator.world.records import Account
from answerback_emulator.world.world import World

CONFIGURATION = "/calling/.well-known/acsopenidconfiguration"
KEYS = "/calling/keys"
_ISSUER = "https://acscallautomation.communication.azure.com"
_KEY_ID = "emulated-1"
_LIFETIME_S = 300


def bearer_token(account: Account, skew_s: float) -> str:
    """A fresh token for one event to this account's centre; the carrier's clock is `skew_s` ahead."""
    now = int(time.time() + skew_s)
    claims = {
        "iss": issuer_of(account),
        "aud": audience_of(account),
        "nbf": now,
        "iat": now,
        "exp": now + _LIFETIME_S,
    }
    header = {"alg": "RS256", "typ": "JWT", "kid": _KEY_ID}
    signed = f"{_encode(msgspec.json.encode(header))}.{_encode(msgspec.json.encode(claims))}"
    signature = _signing_key().sign(signed.encode(), padding.PKCS1v15(), SHA256())
    return f"{signed}.{_encode(signature)}"


def issuer_of(account: Account) -> str:
    """Who signs: as in life, unless the account says otherwise."""
    return account.call_issuer or _ISSUER


def audience_of(account: Account) -> str:
    """The resource's immutable id; made from its name where the account does not give it."""
    return account.call_audience or str(uuid5(NAMESPACE_URL, account.sid))


def configuration(world: World, base_url: str) -> dict[str, Any]:
    """The OpenID configuration: issuer and where the keys are."""
    issuers = [issuer_of(one) for one in world.accounts.values() if one.provider == "acs"]
    return {
        "issuer": issuers[0] if issuers else _ISSUER,
        "jwks_uri": base_url + KEYS,
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["pairwise"],
    }


def key_set() -> dict[str, Any]:
    """The public key as a JSON Web Key Set."""
    numbers = _signing_key().public_key().public_numbers()
    key = {
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": _KEY_ID,
        "n": _encode(numbers.n.to_bytes(256, "big")),
        "e": _encode(numbers.e.to_bytes(3, "big")),
    }
    return {"keys": [key]}


@cache
def _signing_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
