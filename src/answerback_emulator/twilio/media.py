"""The Media of a message: listed, described, downloaded (through a redirect, as from a CDN) and deleted."""

from answerback_emulator.door import Answer
from answerback_emulator.twilio.answers import ApiCall, not_found, resource
from answerback_emulator.twilio.lists import list_media
from answerback_emulator.twilio.messages import find_message
from answerback_emulator.twilio.shapes import show_medium
from answerback_emulator.world.records import Medium, Text

CDN = "/emulator/cdn/"


def media_of(call: ApiCall, message_sid: str) -> Answer:
    """GET Media.json."""
    return list_media(call, find_message(call, message_sid))


def fetch_medium(call: ApiCall, message_sid: str, sid: str) -> Answer:
    """GET Media/ME….json: what it is."""
    text = find_message(call, message_sid)
    return resource(200, show_medium(text, _find(call, text, sid)))


def download_medium(call: ApiCall, message_sid: str, sid: str) -> Answer:
    """GET Media/ME…: the bytes, or a 307 to where they are."""
    medium = _find(call, find_message(call, message_sid), sid)
    if medium.content is None:
        raise not_found(call.full_path)
    if call.emulator.config.redirect_media:
        return Answer(307, headers={"Location": f"{call.base_url}{CDN}{message_sid}/{sid}"})
    return Answer(200, medium.content, medium.content_type)


def delete_medium(call: ApiCall, message_sid: str, sid: str) -> Answer:
    """DELETE Media/ME….json: 204."""
    text = find_message(call, message_sid)
    text.media.remove(_find(call, text, sid))
    return Answer(204)


def _find(call: ApiCall, text: Text, sid: str) -> Medium:
    for medium in text.media:
        if medium.sid == sid:
            return medium
    raise not_found(call.full_path)
