"""One provider goes down while texts are written at three: it is held back, the others are not, and nothing is lost."""

from answerback.cli.bench.outage import measure


async def test_what_waited_for_a_provider_leaves_once_and_in_order_when_it_is_back() -> None:
    figures = await measure(provider="acs", down_seconds=2, rate=20, quiet_seconds=1)

    assert figures["breaker_opened"] == figures["breaker_closed"] == 1
    assert figures["breakers_elsewhere"] == 0
    assert figures["out_of_order"] == 0
    assert figures["not_sent"] == 0
    for name, seen in figures["providers"].items():
        assert set(seen["statuses"]) <= {"accepted", "sent", "delivered", "unclear"}, name
        assert seen["during"]["max_ms"] > 0, name
