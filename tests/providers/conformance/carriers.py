"""Every provider's carrier, by the provider's name. A new provider is a module and a line here."""

from collections.abc import Callable

import aiohttp

from tests.providers.conformance.acs_carrier import AcsCarrier
from tests.providers.conformance.carrier import Carrier
from tests.providers.conformance.telesign_carrier import TelesignCarrier
from tests.providers.conformance.twilio_carrier import TwilioCarrier
from tests.running import Api

CARRIERS: dict[str, Callable[[Api, aiohttp.ClientSession], Carrier]] = {
    "twilio": TwilioCarrier.make,
    "telesign": TelesignCarrier.make,
    "acs": AcsCarrier.make,
}
