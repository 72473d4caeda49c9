"""A believable desk: customers who wrote, were answered, complained; for accessibility checks and for pictures."""

from dataclasses import dataclass
from typing import Any

from playwright.async_api import expect

from tests.browser.seat import Seat, Seats, composer, offer, text_of
from tests.stories.shop import Shop, new_phone

BICYCLE = """<body style="margin:0"><svg viewBox="0 0 480 360" width="480" height="360" xmlns="http://www.w3.org/2000/svg">
<rect width="480" height="360" fill="#d9dfd2"/><rect y="250" width="480" height="110" fill="#a58f77"/>
<rect x="40" y="40" width="150" height="110" fill="#f4efe4"/>
<rect x="40" y="92" width="150" height="6" fill="#c9bda5"/>
<g fill="none" stroke="#20242c" stroke-width="7"><circle cx="140" cy="240" r="62"/>
<circle cx="345" cy="240" r="62"/></g>
<g fill="none" stroke="#868c97" stroke-width="2"><path d="M140 178v124M78 240h124M96 196l88 88M184 196l-88 88"/>
<path d="M345 178v124M283 240h124M301 196l88 88M389 196l-88 88"/></g>
<g fill="none" stroke="#b3392f" stroke-width="11" stroke-linecap="round" stroke-linejoin="round">
<path d="M140 240l70-104h104l31 104M210 136l28 104H140M238 240l76-104"/></g>
<path d="M186 112h50l-12 12h-30z" fill="#20242c"/>
<path d="M210 136v-18M314 136l-8-36h34" stroke="#20242c" stroke-width="8" fill="none"/>
<circle cx="238" cy="240" r="17" fill="#20242c"/></svg></body>"""


@dataclass(frozen=True, slots=True)
class Customer:
    name: str
    phone: str
    words: str


MARIA = "Maria Gonzalez"
MARIA_FACTS = {"language": "es", "attributes": {"Bicycle": "Ridgeback 520", "Member": "yes"}}
OTHERS = (
    ("James Lee", "Do you rent cargo bikes for a weekend?"),
    ("Chloe Tremblay", "Merci, I'll come by tomorrow at ten"),
    ("Luis Ortega", "The brakes still squeak after the service"),
)
WAITING = (
    ("Priya Raman", "Is the shop open on Sunday?"),
    ("Tom Becker", "I'd like to move my appointment to Friday"),
)


async def draw_bicycle(seats: Seats) -> bytes:
    """The picture a customer sends."""
    page = await (await seats.open_browser(viewport={"width": 480, "height": 360})).new_page()
    await page.set_content(BICYCLE)
    return await page.screenshot(type="jpeg", quality=80)


async def introduce(shop: Shop, names: list[str]) -> dict[str, Customer]:
    """Contacts who have not written yet."""
    words = dict((*OTHERS, *WAITING, (MARIA, "Hi! My bike makes a grinding noise since this morning.")))
    made = {}
    for name in names:
        phone = new_phone("787" if name == MARIA else "312")
        known = MARIA_FACTS if name == MARIA else {}
        await shop.api.post("/contacts", {"name": name, "phones": [phone], **known})
        made[name] = Customer(name, phone, words[name])
    return made


async def furnish(shop: Shop, seats: Seats, *, agent: str = "Ana Flores", **options: Any) -> Seat:
    """An agent with four conversations in hand, two in the queue and Maria's thread open."""
    ana = await seats.sit(agent, capacity=4, **options)
    names = [MARIA, *(name for name, _ in OTHERS), *(name for name, _ in WAITING)]
    people = await introduce(shop, names)
    for name, _ in OTHERS:
        await shop.customer_texts(people[name].phone, people[name].words)
        await ana.accepts(name)
    await talk_with_maria(shop, seats, ana, people[MARIA])
    for name, _ in WAITING:
        await shop.customer_texts(people[name].phone, people[name].words)
        await shop.conversation_with(people[name].phone, lambda one: one["state"] == "open")
    return ana


async def talk_with_maria(shop: Shop, seats: Seats, ana: Seat, maria: Customer) -> None:
    await shop.customer_texts(maria.phone, maria.words)
    await ana.accepts(MARIA)
    await ana.replies("Hello Maria! That sounds like the chain. Could you send us a photo?")
    await expect(text_of(ana.page, "Could you send us a photo?")).to_contain_text("Delivered")
    picture = await draw_bicycle(seats)
    await shop.customer_texts(maria.phone, "Sure, here it is", [("image/jpeg", picture)])
    await expect(text_of(ana.page, "Sure, here it is").get_by_role("img")).to_be_visible()
    await ana.page.get_by_role("tab", name="Note").click()
    note = ana.page.get_by_role("textbox", name="Note", exact=True)
    await note.fill("Bought here in May, still under warranty.")
    await note.press("Control+Enter")
    await expect(text_of(ana.page, "still under warranty")).to_be_visible()
    await ana.replies("Thank you. It is under warranty, so the repair is free. Can you bring it in before six?")
    await expect(text_of(ana.page, "so the repair is free")).to_contain_text("Delivered")
    await shop.customer_texts(maria.phone, "Perfect, see you at five!")
    await expect(text_of(ana.page, "see you at five")).to_be_visible()
    await composer(ana.page).fill("")
    await expect(offer(ana.page)).to_have_count(0)
