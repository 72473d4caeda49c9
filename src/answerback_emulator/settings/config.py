"""The start-up file: what exists at the beginning and how strict the emulator is."""

from pathlib import Path
from typing import Literal

import msgspec

from answerback_emulator.settings.dials import Dials
from answerback_emulator.world.records import Account, Number, Phone, Service


class Config(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Everything has a default: an empty configuration is an empty world.

    `public_url` is the address others reach the emulator at (for media links); unset, it is taken
    from each request. `unknown_phones`: what becomes of texts to numbers nobody holds.
    The waits between a carrier's tries of one webhook are `retry_pace` times as long as in life.
    """

    accounts: list[Account] = []
    services: list[Service] = []
    numbers: list[Number] = []
    phones: list[Phone] = []
    dials: Dials = Dials()
    public_url: str = ""
    unknown_phones: Literal["delivered", "undelivered"] = "delivered"
    enforce_media_auth: bool = True
    redirect_media: bool = True
    keep_texts: int = 200_000
    keep_calls: int = 2_000
    keep_exchanges: int = 400
    callback_workers: int = 64
    retry_pace: float = 1.0


def read_config(path: Path) -> Config:
    """Read a JSON file; raises msgspec.ValidationError naming the field that is wrong."""
    return msgspec.json.decode(path.read_bytes(), type=Config)
