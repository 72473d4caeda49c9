"""What can go wrong with the embedded PostgreSQL, each with a sentence that says what to do."""


class EmbeddedPostgresError(Exception):
    """The embedded server cannot be used; the message names the reason and the way out."""


class AlreadyHeldError(EmbeddedPostgresError):
    """Another living process runs the server of this data folder."""
