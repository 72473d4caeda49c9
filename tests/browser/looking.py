"""Looks at a screen as a test can: axe-core finds nothing serious, and nothing sticks out at the usual widths.

With ANSWERBACK_SCREENSHOTS naming a folder, pictures of every screen are left there for people to look at.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser.seat import WIDE

WIDTHS = (1280, 1024, 768)
GRAVE = ("serious", "critical")
OPTIONS = {"resultTypes": ["violations"]}
SETTLED = """() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))
    .then(() => document.fonts.ready).then(() => null)"""
AT_REST = """() => new Promise((done) => {
    let before = '', same = 0;
    const look = () => {
        const boxes = [...document.querySelectorAll('main, main *')].slice(0, 500);
        const now = boxes.map((one) => Object.values(one.getBoundingClientRect().toJSON()).join()).join(';');
        same = now === before ? same + 1 : 0;
        before = now;
        if (same < 10) requestAnimationFrame(look);
        else done(null);
    };
    look();
})"""  # what follows the window's width, such as a graph, does so some frames later
STICKS_OUT = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(slots=True)
class Looker:
    """Gathers what is wrong over several screens, so that one look tells all of it."""

    scheme: str
    findings: list[str] = field(default_factory=list)

    async def look(self, page: Page, screen: str) -> None:
        await page.evaluate(SETTLED)
        await self._ask_axe(page, screen)
        await self._picture(page, screen, WIDE["width"])
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": WIDE["height"]})
            over = await page.evaluate(STICKS_OUT)
            if over > 0:
                self.findings.append(f"{screen}: sticks out by {over} px at {width} px")
            await self._picture(page, screen, width)
        await page.set_viewport_size(WIDE)
        await page.evaluate(AT_REST)

    async def _ask_axe(self, page: Page, screen: str) -> None:
        results = await Axe().run(page, options=OPTIONS)
        for violation in results.response["violations"]:
            if violation["impact"] in GRAVE:
                for node in violation["nodes"]:
                    told = " ".join(node["failureSummary"].split())
                    self.findings.append(f"{screen}, {self.scheme}: {violation['id']} at {node['target']}: {told}")

    async def _picture(self, page: Page, screen: str, width: int) -> None:
        folder = os.environ.get("ANSWERBACK_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            name = f"{screen.replace(' ', '-')}-{self.scheme}-{width}.png"
            await page.screenshot(path=Path(folder) / name)
