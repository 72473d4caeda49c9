"""What becomes of a conversation: snoozed, transferred, ended and wrapped up, reopened; and why it came to whom."""

from playwright.async_api import expect

from tests.browser.seat import Seats, composer, conversations, shown_phone, text_of, thread
from tests.stories.shop import Shop, new_phone


async def test_a_snoozed_conversation_wakes_when_the_customer_writes(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "I will send the photo tonight")
    await ana.accepts()
    await ana.page.get_by_role("button", name="Snooze").click()
    await ana.page.get_by_role("menuitem", name="In 1 hour").click()
    await expect(conversations(ana.page)).to_contain_text("Snoozed until")
    await expect(thread(ana.page)).to_contain_text("Ana snoozed it")

    await shop.customer_texts(phone, "Here it is already")
    await expect(text_of(ana.page, "Here it is already")).to_be_visible()
    await expect(conversations(ana.page)).not_to_contain_text("Snoozed until")


async def test_a_transfer_to_a_colleague_carries_its_note(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana", capacity=10)
    ben = await seats.sit("Ben", capacity=1, presence="away")
    await shop.customer_texts(new_phone(), "I need the workshop")
    await ana.accepts()
    await ben.says("available")
    await ana.page.get_by_role("button", name="Transfer").click()
    dialog = ana.page.get_by_role("dialog", name="Transfer")
    await dialog.get_by_role("radio", name="Ben").click()
    await dialog.get_by_label("Note").fill("He asks about the brakes")
    await dialog.get_by_role("button", name="Transfer to Ben").click()
    await expect(dialog).to_have_count(0)
    await expect(composer(ana.page)).to_have_count(0)

    await ben.accepts()
    await expect(text_of(ben.page, "He asks about the brakes")).to_contain_text("Note · Ana")
    await expect(thread(ben.page)).to_contain_text("Ana transferred it")


async def test_a_transfer_to_a_queue_reaches_its_members(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    name = f"Workshop {shop.number}"
    await shop.api.post("/queues", {"name": name})
    await shop.customer_texts(new_phone(), "I need the workshop")
    await ana.accepts()
    await ana.page.keyboard.press("Escape")
    await ana.page.keyboard.press("t")
    dialog = ana.page.get_by_role("dialog", name="Transfer")
    await dialog.get_by_placeholder("Queue or agent").fill(name)
    await dialog.get_by_role("radio", name=name).click()
    await dialog.get_by_role("button", name="Transfer to").click()
    await expect(dialog).to_have_count(0)
    await expect(conversations(ana.page)).to_contain_text("Nothing in your hands")


async def test_an_ended_conversation_is_wrapped_up_closed_and_comes_back_when_the_customer_writes(
    shop: Shop, seats: Seats
) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Thank you, that is all")
    await ana.accepts()
    await ana.page.get_by_role("button", name="End", exact=False).first.click()
    wrap_up = ana.page.get_by_role("region", name="Wrap up")
    await wrap_up.get_by_role("radio", name="Solved").click()
    await wrap_up.get_by_role("textbox").fill("A happy customer")
    await wrap_up.get_by_role("button", name="Close conversation").click()
    await expect(ana.page.get_by_text("This conversation is closed.")).to_be_visible()
    await expect(thread(ana.page)).to_contain_text("Ana closed it")
    await expect(text_of(ana.page, "A happy customer")).to_be_visible()
    closed = await shop.conversation_with(phone, lambda one: one["state"] == "closed")
    assert closed["disposition"] == "Solved"

    await conversations(ana.page).get_by_role("tab", name="Closed").click()
    await expect(conversations(ana.page).get_by_role("button", name=shown_phone(phone))).to_be_visible()
    await shop.customer_texts(phone, "One more thing")
    await ana.accepts("One more thing")
    await expect(thread(ana.page)).to_contain_text("Customer wrote again: reopened")


async def test_why_me_names_the_order_and_who_could_not(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await seats.sit("Ben", presence="away")
    await shop.customer_texts(new_phone(), "Why you?")
    await ana.accepts()
    await ana.page.get_by_role("button", name="Why me?").click()
    dialog = ana.page.get_by_role("dialog", name="Why this agent?")
    await expect(dialog.get_by_role("table", name="Who could have had it, in order")).to_contain_text("Ana")
    failed = dialog.get_by_role("table", name="Who could not, and why")
    await expect(failed.get_by_role("row", name="Not available")).to_contain_text("Ben")
    await expect(dialog).to_contain_text("Highest capacity")


async def test_earlier_conversations_stand_in_the_same_thread(shop: Shop, seats: Seats) -> None:
    await shop.api.patch(f"/workstreams/{shop.workstream_id}", {"reopen_seconds": 0})
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "The first time")
    await ana.accepts()
    first = (await shop.conversation_with(phone))["id"]
    await ana.ask("POST", f"/conversations/{first}/end")
    await ana.ask("POST", f"/conversations/{first}/close", {})
    await shop.customer_texts(phone, "The second time")
    await ana.accepts("The second time")
    await expect(text_of(ana.page, "The second time")).to_be_visible()
    await expect(text_of(ana.page, "The first time")).to_be_visible()


async def test_a_snooze_takes_any_time_one_types(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await shop.customer_texts(new_phone(), "After my holidays")
    await ana.accepts()
    await ana.page.get_by_role("button", name="Snooze").click()
    await ana.page.get_by_role("menuitem", name="At a time…").click()
    dialog = ana.page.get_by_role("dialog", name="Snooze until")
    await dialog.get_by_label("Day and time").fill("2099-01-02T10:30")
    await dialog.get_by_role("button", name="Snooze").click()
    await expect(conversations(ana.page)).to_contain_text("Snoozed until")
    (held,) = await shop.conversations()
    assert held["wake_at"].startswith("2099-01-02T15:30")  # the browser is in New York
