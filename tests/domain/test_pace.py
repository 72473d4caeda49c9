"""Times in buckets: little is kept, and any share of them is known within a fifth."""

from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.pace import bucket_of, share_of

times = st.lists(st.floats(0.0002, 100_000), min_size=1, max_size=50)


@given(times, st.sampled_from((0.5, 0.95, 1.0)))
def test_a_share_is_known_within_a_fifth_above_what_was_measured(measured: list[float], share: float) -> None:
    hits: dict[int, int] = {}
    for seconds in measured:
        hits[bucket_of(seconds)] = hits.get(bucket_of(seconds), 0) + 1
    wanted = sorted(measured)[max(0, -(-int(share * 1000) * len(measured) // 1000) - 1)]
    found = share_of(hits, share)
    assert found is not None
    assert wanted * 0.999 <= found <= wanted * 1.2


def test_nothing_measured_has_no_share_and_what_is_quicker_than_quick_lies_first() -> None:
    assert share_of({}, 0.5) is None
    assert (bucket_of(-5), bucket_of(0), bucket_of(10**9)) == (0, 0, 127)
