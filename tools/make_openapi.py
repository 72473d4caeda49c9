"""Writes ui/openapi.json, from which the desktop's types are made, out of the API's own code: no server needed.

`make types` runs it and then `npm run types`. A test fails while the files are behind.
"""

import json
from pathlib import Path
from typing import Any, cast

from answerback.web.api.app import make_api
from answerback.web.api.description import describe
from answerback.web.api.services import Services

TARGET = Path(__file__).parents[1] / "ui/openapi.json"


def read_description() -> dict[str, Any]:
    """What the desktop needs of the description: its shapes, in the order of their names."""
    nothing = cast(Any, None)  # only a call would use them
    document = describe(make_api(Services(nothing, nothing, {}, "", nothing)))
    schemas = dict(sorted(document["components"]["schemas"].items()))
    return {"openapi": document["openapi"], "info": document["info"], "components": {"schemas": schemas}}


if __name__ == "__main__":
    TARGET.write_text(json.dumps(read_description(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
