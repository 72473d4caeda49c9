"""Takes in a file that a person will attach to a text."""

from dataclasses import dataclass

from answerback.storage.connection import Pool
from answerback.storage.media import store_upload
from answerback.usecases.media_rules import ALLOWED_TYPES, LARGEST_BYTES, plain_type
from answerback.usecases.refusals import Invalid, invalid

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came; `content_type` is what the sender says it is."""

    content: bytes
    content_type: str
    file_name: str


async def upload_media(pool: Pool, upload: Upload, user_id: int) -> int | Invalid:
    """The new file's id. It goes away after a day if it is not sent."""
    kind = plain_type(upload.content_type)
    if kind not in ALLOWED_TYPES:
        way_out = "Send a picture (JPEG, PNG, GIF), a PDF, a sound or a video."
        return invalid("file", f"is of the kind {kind[:60] or 'unknown'}, which phones do not take", way_out)
    if not upload.content:
        return invalid("file", "is empty", "Choose another file.")
    if len(upload.content) > LARGEST_BYTES:
        limit = LARGEST_BYTES // (1024 * 1024)
        return invalid("file", f"is larger than {limit} MB", "Make it smaller: most phones show less detail anyway.")
    name = "".join(character for character in upload.file_name if character.isprintable() and character not in '/\\"')
    async with pool.acquire() as connection, connection.transaction():
        return await store_upload(
            connection,
            upload.content,
            content_type=kind,
            file_name=name[-LONGEST_NAME:].strip(". ") or None,
            user_id=user_id,
        )
