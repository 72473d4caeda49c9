"""The command `answerback`: joins the commands and turns expected errors into one readable line.

Commands are named, not imported, so that a short one does not load the whole server.
"""

import importlib.metadata
import sys

from cyclopts import App

from answerback.cli.errors import CommandError
from answerback.settings import SettingsError
from answerback.storage.embedded import EmbeddedPostgresError
from answerback.storage.migrate import MigrationError
from answerback.storage.sealing import SealingError

EXPECTED = (CommandError, SettingsError, EmbeddedPostgresError, MigrationError, SealingError)

app = App(
    name="answerback",
    help="A self-hosted SMS contact centre.",
    version=importlib.metadata.version("answerback"),
)
COMMANDS = {
    "serve": ("answerback.cli.serve:serve", "Run the contact centre until it is told to stop."),
    "demo": ("answerback.cli.demo:demo", "Run a centre to try, with emulated carrier and phones."),
    "migrate": ("answerback.cli.migrate:migrate_command", "Bring the database to this version."),
    "user": ("answerback.cli.user:user_app", "People who may sign in."),
    "token": ("answerback.cli.token:token_app", "Tokens for the API."),
    "connector": ("answerback.cli.connector:write_connector", "Write the Power Automate connector."),
    "bench": ("answerback.cli.bench.commands:app", "Measure this machine."),
}
for name, (place, summary) in COMMANDS.items():
    app.command(place, name=name, help=summary)


def run() -> None:
    """The entry point of the installed command."""
    try:
        app()
    except EXPECTED as error:
        sys.exit(f"answerback: {error}")


if __name__ == "__main__":
    run()
