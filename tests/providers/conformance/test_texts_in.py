"""A customer's text: let in if genuine, read as typed, with its pictures where the provider has any."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from answerback.providers.contract import Forged, InboundText, Malformed
from tests.providers.conformance.carrier import PHONE, changed
from tests.providers.conformance.stage import Stage

PICTURES = [("image/png", b"\x89PNG one"), ("image/jpeg", b"\xff\xd8 two"), ("image/gif", b"GIF89a three")]


async def test_a_genuine_text_is_let_in_and_read_as_it_was_typed(stage: Stage) -> None:
    await stage.customer_texts("Olá 👍 & = + %\nsecond line")
    text = await stage.received()
    assert (text.sender, text.to, text.media) == (PHONE, stage.carrier.number, ())
    assert text.body == "Olá 👍 & = + %\nsecond line"


async def test_what_somebody_else_sends_is_refused_with_a_reason(stage: Stage) -> None:
    await stage.customer_texts("Hello")
    request, _ = await stage.next(InboundText)
    for forged in stage.carrier.forge(request):
        verdict = stage.provider.verify(forged, stage.account)
        assert isinstance(verdict, Forged)
        assert len(verdict.reason) > 20
    verdict = stage.provider.verify(changed(request), stage.carrier.wrong_credentials())
    assert isinstance(verdict, Forged)


async def test_a_text_told_twice_has_one_id_to_keep_it_once_by(stage: Stage) -> None:
    await stage.turn(duplicate_probability=1)
    await stage.customer_texts("told twice")
    first, second = await stage.received(), await stage.received()
    assert first == second
    assert first.provider_message_id


async def test_a_body_that_was_cut_is_malformed_not_a_text(stage: Stage) -> None:
    await stage.customer_texts("cut short")
    request, _ = await stage.next(InboundText)
    cut = changed(request, body=request.body[: len(request.body) // 3], headers=request.headers)
    assert not [one for one in stage.provider.parse(cut) if not isinstance(one, Malformed)]


async def test_three_pictures_come_along_where_the_provider_has_pictures(stage: Stage) -> None:
    if not stage.facts.media:
        with pytest.raises(AssertionError, match="takes no pictures"):
            await stage.customer_texts("look", PICTURES)
        return
    await stage.customer_texts("", PICTURES)
    text = await stage.received()
    assert [item.content_type for item in text.media] == [kind for kind, _ in PICTURES]
    for item, (_, data) in zip(text.media, PICTURES, strict=True):
        assert await fetch(stage, item.url) == data


async def test_credentials_are_for_the_providers_own_address_only(stage: Stage) -> None:
    account = stage.account
    own = stage.provider.media_credentials(account, f"{account.api_base_url}/picture")
    assert (own is not None) is stage.facts.media
    for url in (
        "https://cdn.example.com/picture",
        f"{account.api_base_url}0/picture",
        account.api_base_url.replace("http://", "https://"),
        f"http://{account.api_base_url.removeprefix('http://')}@evil.example.com/",
        "http://[/",
        "",
    ):
        assert stage.provider.media_credentials(account, url) is None


async def test_texts_that_met_no_open_door_are_listed_where_the_provider_has_a_list(stage: Stage) -> None:
    await stage.turn(lost_callback_probability=1)
    await stage.customer_texts("one")
    await stage.customer_texts("two", PICTURES[:2] if stage.facts.media else ())
    await stage.send(stage.text("not inbound"))
    listed = [text async for text in stage.provider.list_inbound(stage.account, stage.began)]
    if not stage.facts.lists_inbound:
        assert listed == []
        return
    by_body = {text.body: text for text in listed}
    assert len(listed) == len(by_body) == 2
    assert all(text.late and text.provider_at for text in listed)
    assert {(text.sender, text.to) for text in listed} == {(PHONE, stage.carrier.number)}
    if stage.facts.media:
        assert [item.content_type for item in by_body["two"].media] == [kind for kind, _ in PICTURES[:2]]
        assert await fetch(stage, by_body["two"].media[0].url) == PICTURES[0][1]
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert [text async for text in stage.provider.list_inbound(stage.account, later)] == []


async def fetch(stage: Stage, url: str) -> bytes:
    headers = stage.provider.media_credentials(stage.account, url)
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        assert answer.status == 200
        return await answer.read()
