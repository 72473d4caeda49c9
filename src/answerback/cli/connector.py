"""`answerback connector`: writes the files of the Power Automate connector."""

import json
from pathlib import Path
from typing import Any, cast

from answerback.cli.errors import CommandError
from answerback.settings import load_settings
from answerback.web.api.app import make_api
from answerback.web.api.description import describe
from answerback.web.api.services import Services
from answerback.web.connector.definition import make_definition
from answerback.web.connector.properties import make_properties


def write_connector(folder: Path = Path(), *, public_url: str | None = None) -> None:
    """Write apiDefinition.swagger.json and apiProperties.json, from the program's own API: no server is needed.

    Parameters
    ----------
    folder
        Where they go; here, if it is left out.
    public_url
        The https address this centre is reached at; else ANSWERBACK_PUBLIC_URL.
    """
    address = public_url or load_settings().public_url
    if address is None:
        raise CommandError("Nothing says where this centre is reached. Give --public-url https://texts.example.org.")
    if not address.startswith("https://"):
        raise CommandError(f"Power Automate calls https addresses only, and {address} is none.")
    nothing = cast(Any, None)  # only a call would use them
    description = describe(make_api(Services(nothing, nothing, {}, nothing, nothing)))
    files = {
        "apiDefinition.swagger.json": make_definition(description, address.rstrip("/")),
        "apiProperties.json": make_properties(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        file = folder / name
        file.write_text(json.dumps(content, indent=4, ensure_ascii=False) + "\n", encoding="utf-8")
        print(file)
