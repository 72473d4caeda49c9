"""Texts that other systems ordered, as the agent who gets the replies sees them."""

import pytest
from playwright.async_api import expect

from tests.browser.looking import Looker
from tests.browser.seat import Seats, text_of, thread
from tests.running import Json, eventually
from tests.stories.shop import Shop, new_phone

WORDS = "Bike Shop: order A-1042 has left. Questions? Just reply."


async def order(shop: Shop, name: str, phone: str, *, shown: bool) -> None:
    """From the shop's number, and on the customer's phone when it returns."""
    draft = {
        "name": f"{name} {phone}",
        "default_locale": "en-US",
        "texts": {"en-US": "Bike Shop: order {order} has left. Questions? Just reply."},
        "slots": [{"name": "order", "kind": "text", "sample": "A-1"}],
        "purpose": "conversation",
    }
    template = await shop.api.post("/message-templates", draft)
    approval = {"decision": "approved", "version": template["draft"]["version"]}
    await shop.api.post(f"/message-templates/{template['id']}/decision", approval)
    wish = {"name": f"{name} {phone}", "number_ids": [shop.number_id], "template_id": template["id"]}
    made = await shop.api.post("/outbound-configurations", {**wish, "show_in_timeline": shown})
    item = {"tocontactid": phone, "optin": True, "contextitems": {"order": "A-1042"}}
    ordered = await shop.api.post("/outbound-messages", {"configuration_id": made["id"], "items": [item]})
    [result] = ordered["items"]

    async def arrived() -> Json:
        now = await shop.api.get(f"/outbound-messages/{result['id']}")
        return now if now["status"] == "delivered" else None

    await eventually("the ordered text to arrive", arrived)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_reply_names_what_it_answers_and_a_text_kept_out_of_the_timeline_opens(
    shop: Shop, seats: Seats, scheme: str
) -> None:
    ana = await seats.sit("Ana", color_scheme=scheme)
    phone = new_phone("312")
    await shop.api.patch("/sending-rules", {"courtesy_hours": False})  # at whatever hour this runs
    await shop.api.post("/consent", {"phone": phone, "choice": "opt_in", "words": "Tell me about my order"})
    await order(shop, "Order shipped", phone, shown=True)
    await shop.customer_texts(phone, "Great, when will it be here?")
    await ana.accepts()
    await expect(text_of(ana.page, "Great, when will it be here?")).to_contain_text(f"Answers: Order shipped {phone}")
    await expect(text_of(ana.page, WORDS)).to_contain_text(f"Order shipped {phone}")

    await order(shop, "Spring offers", phone, shown=False)
    folded = thread(ana.page).get_by_role("article").filter(has_text=f"Spring offers {phone}")
    await expect(folded.get_by_text(WORDS)).to_be_hidden()
    await folded.get_by_text(f"Spring offers {phone}").focus()
    await ana.page.keyboard.press("Enter")
    await expect(folded.get_by_text(WORDS)).to_be_visible()
    looker = Looker(scheme)
    await looker.look(ana.page, "ordered texts")
    assert looker.findings == []
