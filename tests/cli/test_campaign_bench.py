"""The campaign benchmark counts what it made: nothing is lost on its way into list, preview, outbox or flow."""

from answerback.cli.bench.campaign import measure


async def test_every_line_is_in_the_list_and_in_the_preview() -> None:
    figures = await measure(recipients=2_000, texts=0, runs=0, seconds=1, parts=("import", "preview"))
    assert figures["import"]["exact"]
    assert figures["preview"]["exact"]


async def test_all_texts_are_queued_and_each_run_ends_with_its_text() -> None:
    figures = await measure(recipients=0, texts=300, runs=120, seconds=1, parts=("enqueue", "flows"))
    assert figures["enqueue"]["queued"]
    assert figures["flows"]["each_run_to_its_end_with_one_text"]
    assert figures["flows"]["steps"] == 4 * 120
