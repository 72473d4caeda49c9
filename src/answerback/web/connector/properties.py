"""The connector's apiProperties.json: its colour, and what somebody gives who connects to this centre."""

from typing import Any, Final

COLOUR: Final = "#1F5FBF"


def make_properties() -> dict[str, Any]:
    """https://learn.microsoft.com/connectors/custom-connectors/paconn-cli names the parts."""
    token = {
        "type": "securestring",
        "uiDefinition": {
            "displayName": "API token",
            "description": "The word Bearer, a space, and a token: Bearer ab_...",
            "tooltip": "Make a token with the scopes write and messages:send under Settings, Tokens.",
            "constraints": {"tabIndex": 1, "clearText": False, "required": "true"},
        },
    }
    return {
        "properties": {
            "connectionParameters": {"api_key": token},
            "iconBrandColor": COLOUR,
            "capabilities": [],
            "policyTemplateInstances": [],
        }
    }
