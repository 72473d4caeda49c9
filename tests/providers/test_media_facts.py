"""The send gate's list of providers without pictures is what the providers say of themselves."""

from answerback.domain.sending.destinations import WITHOUT_MEDIA
from answerback.providers.acs.facts import FACTS as ACS
from answerback.providers.telesign.facts import FACTS as TELESIGN
from answerback.providers.twilio.facts import FACTS as TWILIO


def test_the_gate_refuses_pictures_just_where_the_provider_carries_none() -> None:
    facts = {"acs": ACS, "telesign": TELESIGN, "twilio": TWILIO}
    assert {name: each.label for name, each in facts.items() if not each.media} == WITHOUT_MEDIA
