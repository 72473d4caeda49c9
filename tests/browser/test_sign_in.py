"""Signing in: with the right password to where one wanted, with a wrong one told so, and slowed when guessing."""

import re

from playwright.async_api import Page, expect

from answerback.usecases.sign_in import TRIES_PER_ACCOUNT
from tests.browser.seat import Seats, conversations
from tests.running import PASSWORD


async def enter(page: Page, email: str, password: str) -> None:
    await page.get_by_label("Email").fill(email)
    await page.get_by_label("Password").first.fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def test_the_right_password_leads_to_where_one_wanted_to_go(seats: Seats) -> None:
    person = await seats.sit("Ana")
    page = await (await seats.open_browser()).new_page()
    await page.goto("/contacts")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await enter(page, person.email, PASSWORD)
    await expect(page.get_by_role("heading", name="Contacts", exact=True)).to_be_visible()
    assert page.url.endswith("/contacts")


async def test_a_wrong_password_is_said_and_the_right_one_still_works(seats: Seats) -> None:
    person = await seats.sit("Ana")
    page = await (await seats.open_browser()).new_page()
    await page.goto("/")
    await enter(page, person.email, "not the password")
    await expect(page.get_by_role("alert")).to_have_text("The email or the password is wrong.")
    await enter(page, person.email, PASSWORD)
    await expect(conversations(page)).to_be_visible()


async def test_guessing_is_slowed_and_says_how_long_to_wait(seats: Seats) -> None:
    person = await seats.sit("Ana")
    context = await seats.open_browser()
    for _ in range(TRIES_PER_ACCOUNT):
        await context.request.post("/api/v1/session", data={"email": person.email, "password": "a guess"})
    page = await context.new_page()
    await page.goto("/sign-in")
    await enter(page, person.email, PASSWORD)
    await expect(page.get_by_role("alert")).to_contain_text(re.compile(r"too many tries.* Wait \d+ seconds", re.I))


async def test_who_signed_out_must_sign_in_again(seats: Seats) -> None:
    person = await seats.sit("Ana")
    await person.page.get_by_role("button", name="Change presence").click()
    await person.page.get_by_role("menuitem", name="Sign out").click()
    await expect(person.page.get_by_role("heading", name="Sign in")).to_be_visible()
    await person.page.goto("/desk")
    await expect(person.page.get_by_role("heading", name="Sign in")).to_be_visible()
