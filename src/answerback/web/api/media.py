"""Files of messages: taken in before they are sent, and shown to whoever may see their conversation."""

from dataclasses import dataclass
from urllib.parse import quote

from litestar import Controller, Response, get, post
from litestar.datastructures import UploadFile
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import MultipartBody

from answerback.domain.access.permissions import Permission
from answerback.storage.media import StoredFile, read_file
from answerback.storage.views import MediaView, visible_conversation
from answerback.usecases.upload_media import Upload, upload_media
from answerback.web.api.paging import Id
from answerback.web.api.readers import reader_of
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

SHOWN_IN_PLACE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class UploadForm:
    """One file of at most 5 MB."""

    file: UploadFile


class MediaController(Controller):
    path = "/api/v1/media"
    tags = ("Messages",)

    @post("/", operation_id="uploadMedia", summary="Upload a file", access=Permission.SEND_TEXTS)
    async def create(self, services: Given, caller: Caller, data: MultipartBody[UploadForm]) -> MediaView:
        """Attach it by its id with POST /conversations/{id}/messages. Unsent files go away after a day."""
        content = await data.file.read()
        upload = Upload(content, data.file.content_type, data.file.filename)
        media_id = granted(await upload_media(services.pool, upload, caller.user_id))
        stored = await read_file(services.pool, media_id)
        assert stored is not None
        return MediaView(media_id, stored.content_type, stored.file_name, len(stored.bytes), "stored", None)

    @get(
        "/{media_id:int}",
        operation_id="getMedia",
        summary="A file's bytes",
        access=Permission.USE_DESK,
        responses={200: ResponseSpec(bytes, generate_examples=False, description="The file.", media_type="*/*")},
    )
    async def read(self, services: Given, caller: Caller, media_id: Id) -> Response[bytes]:
        """Pictures are shown in place, everything else is offered for saving."""
        stored = await read_file(services.pool, media_id)
        if stored is None or not await _may_see(services, caller, stored):
            raise not_found(f"file {media_id}")
        return Response(stored.bytes, media_type=stored.content_type, headers=_headers(stored))


async def _may_see(services: Given, caller: Caller, stored: StoredFile) -> bool:
    if stored.conversation_id is None:
        return stored.uploaded_by == caller.user_id
    return await visible_conversation(services.pool, reader_of(caller), stored.conversation_id) is not None


def _headers(stored: StoredFile) -> dict[str, str]:
    """Whatever the file claims to be, the browser runs nothing in it."""
    way = "inline" if stored.content_type in SHOWN_IN_PLACE else "attachment"
    name = quote(stored.file_name or f"file-{stored.id}", safe="")
    return {
        "Content-Disposition": f"{way}; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=86400, immutable",
    }
