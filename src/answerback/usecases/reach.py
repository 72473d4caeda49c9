"""Whether a provider can call us back: the public address is asked for something only this centre can answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from answerback.providers.contract import Check
from answerback.providers.facts import Facts
from answerback.usecases.reach_proof import DOOR, ReachProof

NAME: Final = "Public address"
SET_IT: Final = "Set ANSWERBACK_PUBLIC_URL to the https address under which this server is reached, and start it again."


class Barrier(StrEnum):
    """Why a request did not come out here."""

    NAME = "name"
    PRIVATE = "private"
    TLS = "tls"
    REFUSED = "refused"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Answered:
    """Something answered; `body` is cut off beyond what a proof needs."""

    status: int
    body: str


Probe = Callable[[str], Awaitable[Answered | Barrier]]
"""Asks an address once, without following it elsewhere. A name that leads into a private network is not asked; an
address of this machine is, since only `ReachTest` decides to ask one."""


@dataclass(frozen=True, slots=True)
class ReachTest:
    """`public_url` without a slash at its end; `is_set` false where it only stands in for one."""

    public_url: str
    is_set: bool
    proof: ReachProof
    probe: Probe

    async def check(self, facts: Facts, api_base_url: str) -> Check:
        """This machine's own address counts only for a provider that is on this machine too: the emulator."""
        on_this_machine = is_loopback(api_base_url)
        problem = None if on_this_machine else self._unfit(facts)
        if problem is not None:
            return problem
        challenge = self.proof.challenge()
        seen = await self.probe(f"{self.public_url}{DOOR}{challenge}")
        match seen:
            case Answered(200, body) if self.proof.is_good(challenge, body):
                where = f"{facts.label} on this machine" if on_this_machine else "a request from here"
                return Check(NAME, True, f"{self.public_url} leads to this server: {where} reaches it.")
            case Answered(status):
                return self._other(status)
            case barrier:
                return self._barred(barrier)

    def _unfit(self, facts: Facts) -> Check | None:
        if not self.is_set:
            return Check(NAME, False, f"No public address is set, so {facts.label} cannot call this server.", SET_IT)
        if is_loopback(self.public_url):
            evidence = f"{self.public_url} is this machine's own address: {facts.label} cannot reach it."
            return Check(NAME, False, evidence, SET_IT)
        if facts.https_only and not self.public_url.startswith("https://"):
            return Check(NAME, False, f"{self.public_url} is not https, and {facts.label} calls nothing else.", SET_IT)
        return None

    def _other(self, status: int) -> Check:
        fix = (
            "Let the proxy pass every path below /hooks/ to this server unchanged, "
            f"or correct ANSWERBACK_PUBLIC_URL if {self.public_url} is another server."
        )
        evidence = f"Something else answers at {self.public_url}: it said {status} where this server would have."
        return Check(NAME, False, evidence, fix)

    def _barred(self, barrier: Barrier) -> Check:
        host = urlsplit(self.public_url).hostname or self.public_url
        outside = "If it works from outside all the same, the test text will prove it."
        match barrier:
            case Barrier.NAME:
                fix = "Look for a typing error in ANSWERBACK_PUBLIC_URL, or add the name to your DNS."
                return Check(NAME, False, f"The name {host} has no address in DNS.", fix)
            case Barrier.PRIVATE:
                evidence = f"From here {host} leads into a private network, so it was not asked."
                fix = f"See to it that outside {host} leads to this server. The test text proves it."
                return Check(NAME, None, evidence, fix)
            case Barrier.TLS:
                fix = "Give it a certificate that browsers trust, for this very name, with its whole chain."
                return Check(NAME, False, f"{host} has no certificate that can be trusted.", fix)
            case Barrier.REFUSED:
                fix = f"Start the proxy, or open its port in the firewall. {outside}"
                return Check(NAME, False, f"Nothing takes connections at {self.public_url}.", fix)
            case Barrier.SILENT:
                fix = f"Open the port in the firewall, and see that the proxy runs. {outside}"
                return Check(NAME, False, f"{self.public_url} did not answer within seconds.", fix)


def is_loopback(url: str) -> bool:
    """Whether an address names this machine itself, by its form alone."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
