"""An answer goes out, arrives on the customer's phone, and its delivery shows; one that fails says why."""

import re

from playwright.async_api import FilePayload, expect

from tests.browser.pictures import png
from tests.browser.seat import Seats, composer, conversations, text_of, thread
from tests.running import eventually
from tests.stories.shop import Shop, new_phone


async def test_an_answer_arrives_on_the_phone_and_its_delivery_shows_without_a_reload(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Is my bicycle ready?")
    await ana.accepts()
    await ana.replies("It is. Come by until six.")
    await expect(composer(ana.page)).to_have_value("")
    await expect(text_of(ana.page, "It is. Come by until six.")).to_contain_text("Delivered")
    assert [text["body"] for text in await shop.phone_shows(phone)] == ["It is. Come by until six."]

    await shop.customer_texts(phone, "See you then!")
    await expect(text_of(ana.page, "See you then!")).to_be_visible()


async def test_the_composer_counts_parts_and_offers_the_plain_swap(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await shop.customer_texts(new_phone(), "Hello")
    await ana.accepts()
    region = ana.page.get_by_text(re.compile(r"left, \d+ part"))
    await composer(ana.page).fill("a" * 161)
    await expect(region).to_have_text("145 left, 2 parts")
    await composer(ana.page).fill("Don’t worry")
    await expect(ana.page.get_by_text("UCS-2 because of ’")).to_be_visible()
    await ana.page.get_by_role("button", name="Make plain").click()
    await expect(composer(ana.page)).to_have_value("Don't worry")
    await expect(region).to_have_text("149 left, 1 part")


async def test_a_failed_delivery_shows_its_reason_and_can_be_sent_again(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.emulator.post("/emulator/phones", {"number": phone, "fails_with": 30007})
    await shop.customer_texts(phone, "Hello")
    await ana.accepts()
    await ana.replies("Cheap loans!!!")
    failed = text_of(ana.page, "Cheap loans!!!")
    await expect(failed).to_contain_text("Not delivered")
    await expect(failed).to_contain_text("30007")
    await expect(failed).to_contain_text("filtered")
    await failed.get_by_role("button", name="Resend").click()
    await expect(failed).to_have_count(2)
    await expect(failed.last).to_contain_text("Not delivered")

    async def tried_twice() -> bool:
        sent = await shop.emulator.get(f"/emulator/messages?account_sid={shop.account_sid}")
        return len([one for one in sent if one["body"] == "Cheap loans!!!"]) == 2

    await eventually("the second try at the carrier", tried_twice)


async def test_who_opted_out_cannot_be_texted_and_the_composer_says_so(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    await ana.accepts()
    await shop.customer_texts(phone, "STOP")
    await expect(ana.page.get_by_role("status").filter(has_text="START")).to_be_visible()
    await composer(ana.page).fill("Just one more thing")
    await expect(ana.page.get_by_role("button", name="Send")).to_be_disabled()
    await shop.customer_texts(phone, "START")
    await expect(ana.page.get_by_role("button", name="Send")).to_be_enabled()


async def test_pictures_come_in_and_go_out(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "It looks like this", [("image/png", png(200, 30, 30))])
    await ana.accepts()
    come = text_of(ana.page, "It looks like this").get_by_role("img")
    await expect(come).to_be_visible()
    await expect(come).to_have_js_property("naturalWidth", 64)
    await text_of(ana.page, "It looks like this").get_by_role("button", name="Open").click()
    await expect(ana.page.get_by_role("dialog").get_by_role("img", name="Picture")).to_be_visible()
    await ana.page.keyboard.press("Escape")
    await expect(ana.page.get_by_role("dialog")).to_have_count(0)

    chosen: FilePayload = {"name": "spare.png", "mimeType": "image/png", "buffer": png(30, 30, 200)}
    await ana.page.locator('input[type="file"]').set_input_files([chosen])
    await expect(ana.page.get_by_role("button", name="Remove spare.png")).to_be_visible()
    await ana.replies("Like this one?")
    await expect(text_of(ana.page, "Like this one?")).to_contain_text("Delivered")
    await expect(text_of(ana.page, "Like this one?").get_by_role("img")).to_have_js_property("naturalWidth", 64)
    (shown,) = await shop.phone_shows(phone)
    assert [medium["content_type"] for medium in shown["media"]] == ["image/png"]


async def test_a_note_is_for_colleagues_only(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    await ana.accepts()
    await ana.page.get_by_role("tab", name="Note").click()
    note = ana.page.get_by_role("textbox", name="Note", exact=True)
    await note.fill("Prefers to be called after four")
    await note.press("Control+Enter")
    await expect(text_of(ana.page, "Prefers to be called after four")).to_contain_text("Note · Ana")
    await expect(composer(ana.page)).to_be_visible()
    assert await shop.phone_shows(phone) == []


async def test_a_search_finds_who_wrote_a_word(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await shop.customer_texts(new_phone(), "My xylophone is broken")
    await ana.accepts()
    await ana.page.get_by_role("searchbox", name="Search names, numbers, texts").fill("xylophone")
    await expect(conversations(ana.page).get_by_role("listitem")).to_have_count(1)
    await expect(thread(ana.page)).to_contain_text("xylophone")


async def test_the_newest_text_stays_in_sight_while_a_long_answer_grows(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "The first of many")
    await ana.accepts()
    for number in range(12):
        await shop.customer_texts(phone, f"Text number {number}.")
    await expect(text_of(ana.page, "Text number 11.")).to_be_in_viewport(ratio=1)
    await composer(ana.page).fill("\n".join(["line"] * 8))
    await expect(text_of(ana.page, "Text number 11.")).to_be_in_viewport(ratio=1)
