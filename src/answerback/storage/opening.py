"""The one decision where the database is: the address that was set, else the embedded server of the data folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answerback.storage.embedded import open_embedded
from answerback.storage.embedded.holder import Purpose


@contextmanager
def open_database(database_url: str | None, data_dir: Path, purpose: Purpose, *, share: bool) -> Iterator[str]:
    """Give the address of a running database for as long as the block lasts.

    `share` uses an embedded server that another process already runs; without it that is an error
    (AlreadyHeldError), which is right for `serve`.
    """
    if database_url is not None:
        yield database_url
        return
    with open_embedded(data_dir, purpose, share=share) as embedded:
        yield embedded.url
