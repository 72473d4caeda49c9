"""The server goes away and comes back: the desk says so, catches up, and what was written meanwhile goes out once."""

from playwright.async_api import Browser, Route, expect

from tests.browser.fresh import FreshCentre
from tests.browser.seat import Seats, composer, offer, text_of
from tests.running import eventually
from tests.stories.shop import Shop, new_phone


async def test_after_a_restart_nothing_is_missing_and_nothing_goes_out_twice(
    chromium: Browser, fresh: FreshCentre
) -> None:
    shop = await fresh.open_shop()
    seats = Seats(chromium, shop)
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    await ana.accepts()
    await expect(text_of(ana.page, "Hello")).to_be_visible()
    await expect(ana.page.get_by_role("complementary", name="Customer")).to_contain_text("Consent")

    fresh.kill()
    banner = ana.page.get_by_role("status").filter(has_text="Reconnecting…")
    await expect(banner).to_contain_text("What you write is kept and sent when the connection is back.")
    await ana.replies("Written while nobody listened")
    await expect(text_of(ana.page, "Written while nobody listened")).to_contain_text("Waits for the connection")
    lost = {"to": shop.number, "body": "Texted while nobody listened"}
    await shop.emulator.ask("POST", f"/emulator/phones/{phone}/texts", lost)

    fresh.start()
    await expect(text_of(ana.page, "Texted while nobody listened")).to_be_visible(timeout=30_000)
    await expect(text_of(ana.page, "Written while nobody listened")).to_contain_text("Delivered", timeout=30_000)
    await expect(banner).to_have_count(0)
    await expect(text_of(ana.page, "nobody listened")).to_have_count(2)

    async def arrived() -> bool:
        return bool(await shop.phone_shows(phone))

    await eventually("the reply on the phone", arrived)
    assert [text["body"] for text in await shop.phone_shows(phone)] == ["Written while nobody listened"]
    await shop.customer_texts(phone, "And live again")
    await expect(text_of(ana.page, "And live again")).to_be_visible()
    await seats.leave()


async def test_an_answer_lost_on_its_way_back_is_not_sent_twice(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    phone = new_phone()
    await shop.customer_texts(phone, "Hello")
    await ana.accepts()
    tries: list[str] = []

    async def lose_the_first_answer(route: Route) -> None:
        tries.append(route.request.headers["idempotency-key"])
        if len(tries) > 1:
            return await route.continue_()
        await route.fetch()  # the server has it, the browser never hears so
        await route.abort("connectionreset")

    await ana.page.route("**/api/v1/conversations/*/messages", lose_the_first_answer)
    await ana.replies("Only once, please")
    await expect(text_of(ana.page, "Only once, please")).to_contain_text("Delivered")
    await expect(composer(ana.page)).to_have_value("")

    async def tried_again() -> bool:
        return len(tries) > 1

    await eventually("a second try", tried_again)
    assert len(set(tries)) == 1
    await expect(text_of(ana.page, "Only once, please")).to_have_count(1)
    assert [text["body"] for text in await shop.phone_shows(phone)] == ["Only once, please"]


async def test_what_was_being_written_outlives_a_reload(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await shop.customer_texts(new_phone(), "Hello")
    await ana.accepts()
    await composer(ana.page).fill("Half a sent")
    await ana.page.reload()
    await expect(composer(ana.page)).to_have_value("Half a sent")


async def test_what_could_not_be_read_is_read_again_when_the_connection_is_back(shop: Shop, seats: Seats) -> None:
    ana = await seats.sit("Ana")
    await shop.customer_texts(new_phone(), "Read me later")
    await ana.page.route("**/thread?*", lambda route: route.abort())
    await ana.page.route("**/contacts/*", lambda route: route.abort())
    await offer(ana.page).get_by_role("button", name="Accept").click()
    await expect(ana.page.get_by_text("The thread could not be read")).to_be_visible()
    await expect(ana.page.get_by_text("The customer could not be read")).to_be_visible()

    await ana.page.unroute_all()
    await ana.context.set_offline(True)
    await expect(ana.page.get_by_text("Reconnecting…")).to_be_visible()
    await ana.context.set_offline(False)
    await expect(text_of(ana.page, "Read me later")).to_be_visible()
    await expect(ana.page.get_by_role("heading", name="Consent")).to_be_visible()
