"""The files of the Power Automate connector, with this centre's address in them. They hold no secrets."""

from typing import Any

from litestar import Request, get

from answerback.web.api.description import describe
from answerback.web.api.services import Given
from answerback.web.auth.door import ANYONE
from answerback.web.connector.definition import make_definition
from answerback.web.connector.properties import make_properties

PATH = "/api/v1/connector"


@get(f"{PATH}/apiDefinition.swagger.json", include_in_schema=False, access=ANYONE, sync_to_thread=True)
def connector_definition(request: Request[Any, Any, Any], services: Given) -> dict[str, Any]:
    """What Power Automate imports: OpenAPI 2.0."""
    return make_definition(describe(request.app), services.public_url)


@get(f"{PATH}/apiProperties.json", include_in_schema=False, access=ANYONE, sync_to_thread=False)
def connector_properties() -> dict[str, Any]:
    """What the command line of connectors takes beside it."""
    return make_properties()
