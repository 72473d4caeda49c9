"""How the admin API and the phones page see texts: neutral names, both directions alike."""

import time
from typing import Any

from answerback_emulator.world.records import Text
from answerback_emulator.world.segments import count_parts


def show_text(text: Text) -> dict[str, Any]:
    """One text as JSON; times are seconds since the epoch."""
    return {
        "sid": text.sid,
        "account_sid": text.account_sid,
        "direction": text.direction,
        "from_carrier": text.direction == "carrier",
        "phone": text.phone,
        "number": text.number,
        "from": text.sender,
        "to": text.to,
        "body": text.body,
        "status": text.status,
        "error_code": text.error_code,
        "parts": text.parts,
        "encoding": count_parts(text.body).encoding,
        "messaging_service_sid": text.service_sid,
        "created": text.created,
        "sent": text.sent_at,
        "updated": text.updated,
        "shown": time.time(),
        "media": [
            {
                "sid": one.sid,
                "content_type": one.content_type,
                "url": f"/emulator/cdn/{text.sid}/{one.sid}" if one.content is not None else None,
            }
            for one in text.media
        ],
    }
