"""The providers this server speaks to, and what an account of each needs: what set-up screens are made from."""

import msgspec
from litestar import Controller, get

from answerback.domain.access.permissions import Permission
from answerback.providers.contract import Provider
from answerback.web.api.services import Given


class CredentialView(msgspec.Struct, frozen=True):
    """A value to enter. `help` says where it is found; a `generated` one may be left out and is then made here; a
    `folded` one is seldom needed."""

    name: str
    label: str
    help: str
    required: bool
    secret: bool
    generated: bool
    folded: bool


class ProviderView(msgspec.Struct, frozen=True):
    """`api_base_url` is null where each account has an address of its own, like `api_example`; `media`: pictures can
    be sent. `listed_types`: numbers that the provider lists; others are typed. `sets_callbacks`: callback addresses
    are set through its API. `https_only`: it calls nothing else. `voice`: it carries calls, `sip`: also to SIP
    addresses."""

    name: str
    label: str
    api_base_url: str | None
    api_example: str
    media: bool
    listed_types: list[str]
    sets_callbacks: bool
    https_only: bool
    voice: bool
    sip: bool
    credentials: list[CredentialView]


class Providers(msgspec.Struct, frozen=True):
    items: list[ProviderView]


class ProviderController(Controller):
    path = "/api/v1/providers"
    tags = ("Provider accounts",)

    @get("/", operation_id="listProviders", summary="List the known providers", access=Permission.MANAGE_SETTINGS)
    async def list_all(self, services: Given) -> Providers:
        """All at once: there are few."""
        return Providers([_show(provider) for provider in services.providers.values()])


def _show(provider: Provider) -> ProviderView:
    facts = provider.facts
    credentials = [
        CredentialView(one.name, one.label, one.help, one.required, one.secret, one.generated, one.folded)
        for one in facts.credentials
    ]
    voice = facts.voice
    return ProviderView(
        name=provider.name,
        label=facts.label,
        api_base_url=facts.api_base_url,
        api_example=facts.api_example,
        media=facts.media,
        listed_types=sorted(facts.listed_types),
        sets_callbacks=facts.sets_callbacks,
        https_only=facts.https_only,
        voice=voice is not None,
        sip=voice is not None and voice.sip,
        credentials=credentials,
    )
