"""An account: its credentials right, wrong and changed under way; its numbers listed and connected."""

from answerback.domain.sending.failure import FailureClass, Retry
from answerback.providers.contract import Accepted, AvailableNumber, Forged, Genuine, InboundText, NotSent
from tests.providers.conformance.carrier import changed
from tests.providers.conformance.doors import open_doors
from tests.providers.conformance.stage import Stage


async def test_right_credentials_are_confirmed(stage: Stage) -> None:
    checks = await stage.provider.check_credentials(stage.account)
    assert checks
    assert all(check.ok and check.evidence for check in checks)


async def test_wrong_credentials_are_found_out_and_the_way_out_is_named(stage: Stage) -> None:
    wrong = stage.carrier.wrong_credentials()
    checks = await stage.provider.check_credentials(wrong)
    assert next(check.fix for check in checks if not check.ok)
    result = await stage.send(stage.text(), wrong)
    assert isinstance(result, NotSent)
    assert result.failure.cls is FailureClass.ACCOUNT


async def test_credentials_changed_under_way_lose_no_text(stage: Stage) -> None:
    old = stage.account
    await stage.customer_texts("before")
    before, _ = await stage.next(InboundText)
    new = await stage.carrier.rotate()
    await stage.customer_texts("after")
    after, text = await stage.next(InboundText)
    assert text.body == "after"
    assert stage.provider.verify(changed(after), new) == Genuine()
    verdict = stage.provider.verify(changed(before), new)
    result = await stage.send(stage.text("with the old ones"), old)
    if stage.carrier.keeps_old_credentials:
        assert verdict == Genuine()
        assert isinstance(result, Accepted)
    else:
        assert isinstance(verdict, Forged)
        assert isinstance(result, NotSent)
        assert (result.failure.cls, result.failure.retry) == (FailureClass.ACCOUNT, Retry.LATER)
    assert isinstance(await stage.send(stage.text("with the new ones"), new), Accepted)


async def test_numbers_are_listed_where_the_provider_lists_them(stage: Stage) -> None:
    numbers = await stage.provider.list_numbers(stage.account)
    assert [number.address for number in numbers] == ([stage.carrier.number] if stage.facts.listed_types else [])
    for number in numbers:
        assert number.type in stage.facts.listed_types
        assert number.country == "US"
        assert "sms" in number.capabilities


async def test_a_number_is_connected_or_the_steps_are_told_and_its_calls_stay_as_they_are(stage: Stage) -> None:
    listed = await stage.provider.list_numbers(stage.account)
    typed_in = AvailableNumber(stage.carrier.number, "long_code", ("sms",), "US", "")
    number = listed[0] if listed else typed_in
    async with open_doors() as elsewhere:
        elsewhere.provider = stage.provider
        urls = stage.provider.callback_urls(elsewhere.public_url, stage.account)
        checks = await stage.provider.connect_number(stage.account, number, urls)
        if not stage.facts.sets_callbacks:
            assert all(check.fix for check in checks if not check.ok)
            assert urls.message in [entry.value for check in checks for entry in check.entries]
            return
        assert all(check.ok for check in checks)
        assert any(str(number.sms_url) in check.evidence and urls.message in check.evidence for check in checks)
        (after,) = await stage.provider.list_numbers(stage.account)
        assert (after.sms_url, after.voice_url) == (urls.message, number.voice_url)
        await stage.customer_texts("to the new place")
        assert b"new" in (await elsewhere.next()).body
