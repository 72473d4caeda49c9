"""How the admin API and the phones page see calls."""

import time
from typing import Any

from answerback_emulator.world.calls import Call


def show_call(call: Call) -> dict[str, Any]:
    """One call as JSON; times are seconds since the epoch, `bridged_to` is the phone at the other end."""
    return {
        "id": call.id,
        "provider": call.provider,
        "account_sid": call.account_sid,
        "number": call.number,
        "phone": call.phone,
        "direction": call.direction,
        "from": call.sender,
        "to": call.to,
        "status": call.status,
        "parent": call.parent.id if call.parent is not None else None,
        "legs": [{"id": leg.id, "phone": leg.phone, "status": leg.status} for leg in call.legs],
        "said": [{"at": one.at, "kind": one.kind, "words": one.words} for one in call.said],
        "saying": call.saying,
        "bridged_to": call.bridged.phone if call.bridged is not None else None,
        "created": call.created,
        "answered": call.answered,
        "ended": call.ended,
        "updated": call.updated,
        "seconds": call.seconds,
        "shown": time.time(),
    }
