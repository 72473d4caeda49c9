"""PostgreSQL that starts and stops with the process: no account, no installation, one data folder.

For laptops and single machines. A larger centre sets ANSWERBACK_DATABASE_URL and never comes here.
"""

from answerback.storage.embedded.errors import AlreadyHeldError, EmbeddedPostgresError
from answerback.storage.embedded.service import EmbeddedPostgres, open_embedded

__all__ = ["AlreadyHeldError", "EmbeddedPostgres", "EmbeddedPostgresError", "open_embedded"]
