"""Texts come in: each once, into one conversation, with all its pictures and nothing from where it must not come."""

import asyncio

from tests.providers.canned import hang_up, redirect_to, serving
from tests.running import Json, Running, eventually
from tests.stories.conftest import Stage
from tests.stories.shop import FORM, Shop, new_phone

PICTURES = [
    ("image/png", b"\x89PNG\r\n\x1a\n one"),
    ("image/jpeg", b"\xff\xd8\xff two"),
    ("image/gif", b"GIF89a three"),
]


async def post(shop: Shop, base_url: str, hook: tuple[str, dict[str, str], dict[str, str]]) -> int:
    """Deliver a webhook to one of the servers, whichever address the provider was told."""
    url, headers, form = hook
    address = url.replace(shop.public_url, base_url)
    async with shop.session.post(address, data=form, headers={"Content-Type": FORM, **headers}) as answer:
        await answer.read()
        return answer.status


async def test_fifty_equal_webhooks_at_once_on_two_servers_are_one_message_and_one_event(
    stage: Stage, second_server: Running, shop: Shop
) -> None:
    phone = new_phone()
    hook = shop.webhook(phone, "Are you open on Sunday?")
    servers = [stage.server.base_url, second_server.base_url] * 25
    answers = await asyncio.gather(*(post(shop, server, hook) for server in servers))
    assert answers == [200] * 50
    conversation = await shop.conversation_with(phone)
    assert [message["body"] for message in await shop.messages(conversation["id"])] == ["Are you open on Sunday?"]
    assert len(await shop.events(conversation["id"], "MessageReceived")) == 1
    assert conversation["unread"] == 1


async def test_two_first_texts_at_once_from_one_phone_open_one_conversation(
    stage: Stage, second_server: Running, shop: Shop
) -> None:
    phones = [new_phone() for _ in range(20)]
    servers = [stage.server.base_url, second_server.base_url]
    knocks = [
        post(shop, server, shop.webhook(phone, f"text {n}")) for phone in phones for n, server in enumerate(servers)
    ]
    assert await asyncio.gather(*knocks) == [200] * 40
    for phone in phones:
        conversation = await shop.conversation_with(phone)
        messages = await shop.messages(conversation["id"])
        assert sorted(message["body"] for message in messages) == ["text 0", "text 1"]
        assert sorted(message["seq"] for message in messages) == [1, 2]
        assert len(await shop.events(conversation["id"], "ConversationOpened")) == 1


async def test_three_pictures_behind_redirects_are_three_attachments(shop: Shop) -> None:
    phone = new_phone()
    await shop.customer_texts(phone, "Look", PICTURES)
    conversation = await shop.conversation_with(phone)
    media = await stored_media(shop, conversation["id"])
    assert [one["content_type"] for one in media] == [kind for kind, _ in PICTURES]
    for one, (_, data) in zip(media, PICTURES, strict=True):
        address = f"{shop.api.base_url}/media/{one['id']}"
        async with shop.session.get(address, headers=shop.api.headers) as answer:
            assert (answer.status, await answer.read()) == (200, data)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_picture_at_a_private_address_is_refused_without_asking_there(stage: Stage, shop: Shop) -> None:
    phone = new_phone()
    async with serving() as trap:
        trap.says(hang_up)
        inside = trap.base_url.replace("127.0.0.1", "localhost")
        urls = [f"{trap.base_url}/a.png", f"{inside}/b.png", "http://169.254.169.254/c.png", "http://[::1]:1/d.png"]
        media = {f"MediaUrl{n}": url for n, url in enumerate(urls)}
        hook = shop.webhook(phone, "", NumMedia=str(len(urls)), **media)
        assert await post(shop, stage.server.base_url, hook) == 200
        conversation = await shop.conversation_with(phone)
        settled = await stored_media(shop, conversation["id"])
        assert [one["state"] for one in settled] == ["refused"] * len(urls)
        assert all(one["problem"] for one in settled)
        assert trap.asked == []


async def test_a_redirect_to_a_private_address_is_refused_too(stage: Stage, shop: Shop) -> None:
    async with serving() as provider, serving() as trap:
        trap.says(hang_up)
        provider.says(redirect_to(f"{trap.base_url}/secret.png"))
        await shop.api.patch(f"/provider-accounts/{shop.account_id}", {"api_base_url": provider.base_url})

        async def asked_for() -> Json:
            phone = new_phone()
            hook = shop.webhook(phone, "", NumMedia="1", MediaUrl0=f"{provider.base_url}/picture")
            assert await post(shop, stage.server.base_url, hook) == 200
            (picture,) = await stored_media(shop, (await shop.conversation_with(phone))["id"])
            return picture if provider.asked else None

        picture = await eventually("the provider asked at its new address, once the server knows it", asked_for)
        assert (picture["state"], bool(picture["problem"])) == ("refused", True)
        assert (len(provider.asked), trap.asked) == (1, [])


async def stored_media(shop: Shop, conversation_id: int) -> Json:
    """The attachments of the first message, once each has met its fate."""

    async def find() -> Json:
        (message,) = await shop.messages(conversation_id)
        return message["media"] if all(one["state"] != "pending" for one in message["media"]) else None

    return await eventually("every attachment fetched or refused", find)
