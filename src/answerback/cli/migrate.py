"""`answerback migrate`: brings the database to this version."""

from answerback.logging import configure_logging
from answerback.settings import load_settings
from answerback.storage.migrate import migrate
from answerback.storage.opening import open_database


async def migrate_command() -> None:
    """Bring the database to this version; `serve` does it too, so this is for doing it beforehand."""
    settings = load_settings()
    configure_logging("warning", settings.log_format)
    with open_database(settings.database_url, settings.data_dir, "command", share=True) as url:
        applied = await migrate(url)
    for name in applied:
        print(f"applied {name}")
    print("The database is up to date.")
