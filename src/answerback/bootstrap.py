"""The only place that opens things and joins them, and that names a concrete provider."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, cast, get_args

import aiohttp
import structlog
from starlette.types import ASGIApp

from answerback.domain.webhooks.types import KINDS, TOLD
from answerback.providers.acs.provider import AcsProvider
from answerback.providers.contract import Provider
from answerback.providers.exchange import TIMEOUT
from answerback.providers.telesign.provider import TelesignProvider
from answerback.providers.twilio.provider import TwilioProvider
from answerback.settings import Settings, private_hosts, secret_keys
from answerback.storage.connection import Pool
from answerback.storage.pool import create_pool
from answerback.storage.sealing import Sealer
from answerback.storage.wakeups import Wakeups
from answerback.usecases.account_settings import AccountDesk
from answerback.usecases.apply_reports import ReportDesk
from answerback.usecases.directory import Directory
from answerback.usecases.fail_over import FAILED_KINDS, fail_over_failed
from answerback.usecases.fail_over import FOLLOWER as FAIL_OVER
from answerback.usecases.flow_settings import FOLLOWER as FLOWS
from answerback.usecases.hear_for_flows import hear_for_flows
from answerback.usecases.media_links import MediaLinks
from answerback.usecases.owe_automated import FOLLOWED, FOLLOWER, owe_automated
from answerback.usecases.owe_webhooks import owe_webhooks
from answerback.usecases.plan_call import plan_call, with_rules_of_now
from answerback.usecases.reach import ReachTest
from answerback.usecases.reach_proof import ReachProof
from answerback.usecases.receive_texts import Reception
from answerback.usecases.webhook_settings import FOLLOWER as WEBHOOKS
from answerback.web.api.app import make_api
from answerback.web.api.services import Services
from answerback.web.app import Doors, make_app
from answerback.web.auth.identify import Identify
from answerback.web.desktop import make_desktop
from answerback.web.health import make_health
from answerback.web.hooks.calls import CallDoor
from answerback.web.hooks.door import HookParts, make_hooks_app
from answerback.web.media_links import make_media_app
from answerback.web.stream import StreamApp, make_stream_app
from answerback.workers.audience_importer import AudienceImporter
from answerback.workers.automated_texts import AutomatedTexts
from answerback.workers.campaign_feeder import CampaignFeeder, CampaignPreviews
from answerback.workers.clock import Clock
from answerback.workers.dispatcher import Dispatcher
from answerback.workers.dispatcher_sender import Sender
from answerback.workers.early_reports import EarlyReports
from answerback.workers.fail_over import FailOver
from answerback.workers.flow_runner import FlowRunner
from answerback.workers.follower import Follower
from answerback.workers.gap_filler import GapFiller
from answerback.workers.inbound import Inbound
from answerback.workers.media_fetcher import MediaFetcher
from answerback.workers.reach_probe import open_probe
from answerback.workers.retention import RetentionWorker
from answerback.workers.router import Router
from answerback.workers.timed_flows import TimedFlows
from answerback.workers.unclear import UnclearResolver
from answerback.workers.upkeep import UpkeepWorker
from answerback.workers.webhook_relay import WebhookRelay

Role = Literal["web", "router", "dispatcher", "clock"]
ROLES: Final[frozenset[Role]] = frozenset(get_args(Role))
HOT_POOL_SIZE: Final = 8
POOL_SIZE: Final = 6
CONNECTIONS_OUT: Final = 400
WORKER_PAUSE_SECONDS: Final = 1.0
log = structlog.get_logger(__name__)

Worker = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Centre:
    """A running node: its workers run until the context it came from ends.

    Call `end_streams` when the server begins to stop, or it waits for screens that never leave by themselves.
    """

    app: ASGIApp
    end_streams: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the doors and the workers share. `hot` is for what texts pass through, `pool` for what people ask."""

    hot: Pool
    pool: Pool
    wakeups: Wakeups
    sealer: Sealer
    providers: dict[str, Provider]
    directory: Directory
    inbound: Inbound
    identify: Identify
    stream: StreamApp
    links: MediaLinks
    private_hosts: frozenset[str]
    reach: ReachTest

    @property
    def public_url(self) -> str:
        return self.links.public_url

    def link_to(self, media_id: int) -> str:
        return self.links.make(media_id, time.time())


@asynccontextmanager
async def open_centre(
    settings: Settings, database_url: str, fallback_url: str, roles: frozenset[Role]
) -> AsyncIterator[Centre]:
    """Everything one node needs, opened in order and closed in reverse.

    `fallback_url` stands in for the public address while none is set.
    """
    async with AsyncExitStack() as stack:
        hot = await stack.enter_async_context(await create_pool(database_url, largest=HOT_POOL_SIZE, plan_once=True))
        pool = await stack.enter_async_context(await create_pool(database_url, largest=POOL_SIZE))
        wakeups = await stack.enter_async_context(Wakeups(database_url).running())
        connector = aiohttp.TCPConnector(limit=CONNECTIONS_OUT, limit_per_host=0)
        http = await stack.enter_async_context(aiohttp.ClientSession(connector=connector, timeout=TIMEOUT))
        sealer = Sealer(secret_keys(settings))
        directory = Directory(hot, sealer)
        await directory.refresh()
        inbound = Inbound(hot, directory, sealer, settings.data_dir / "spool")
        probe = await stack.enter_async_context(open_probe(http))
        public_url = (settings.public_url or fallback_url).rstrip("/")
        identify = Identify(hot)
        parts = Parts(
            hot,
            pool,
            wakeups,
            sealer,
            make_providers(http),
            directory,
            inbound,
            identify,
            make_stream_app(hot, wakeups, identify),
            MediaLinks(public_url, secret_keys(settings)),
            private_hosts(settings),
            ReachTest(public_url, settings.public_url is not None, ReachProof(secret_keys(settings)), probe),
        )
        app = make_app(_doors(parts, settings))
        for worker in _workers(parts, roles):
            stack.push_async_callback(_stop, asyncio.create_task(_keep_running(worker)))
        yield Centre(app, parts.stream.end_all)


def make_providers(http: aiohttp.ClientSession) -> dict[str, Provider]:
    """Every provider the centre speaks to, by name. A new one is a folder and a line here."""
    found: tuple[Provider, ...] = (TwilioProvider(http), AcsProvider(http), TelesignProvider(http))
    return {provider.name: provider for provider in found}


def _doors(parts: Parts, settings: Settings) -> Doors:
    hook_parts = HookParts(
        parts.directory,
        parts.inbound.texts.take,
        parts.inbound.reports.take,
        parts.inbound.kept.take,
        CallDoor(
            parts.directory,
            parts.inbound.calls.take,
            partial(plan_call, parts.hot),
            partial(with_rules_of_now, parts.hot),
            settings.public_url,
        ),
        parts.inbound.tally,
        parts.sealer,
        parts.reach.proof,
    )
    services = Services(parts.pool, parts.sealer, parts.providers, parts.reach, parts.identify)
    desktop = make_desktop()
    return Doors(
        hooks=make_hooks_app(hook_parts, parts.providers, settings.public_url),
        stream=parts.stream,
        api=cast(ASGIApp, make_api(services)),  # the same protocol in other words
        media=make_media_app(parts.pool, parts.links),
        health=make_health(parts.pool),
        desktop=desktop,
    )


def _workers(parts: Parts, roles: frozenset[Role]) -> list[Worker]:
    """What runs beside the doors. A node without `web` still follows the settings."""

    async def follow_settings() -> None:
        await parts.directory.run(parts.wakeups)

    chosen: list[Worker] = [follow_settings]
    if "web" in roles:
        reception = Reception(parts.hot, parts.directory, parts.sealer)
        filler = GapFiller(reception, parts.providers, parts.inbound.texts.back)
        chosen += [parts.inbound.run, parts.stream.run, filler.run]
    if "router" in roles:
        chosen.append(Router(parts.hot, parts.wakeups).run)
    if "dispatcher" in roles:
        sender = Sender(parts.directory, parts.providers, parts.public_url, parts.link_to)
        resolver = UnclearResolver(parts.hot, parts.directory, parts.providers)
        early = EarlyReports(ReportDesk(parts.hot, parts.sealer))
        fetcher = MediaFetcher(parts.hot, parts.wakeups, parts.directory, parts.providers)
        chosen += [Dispatcher(parts.hot, parts.wakeups, sender).run, resolver.run, early.run, fetcher.run]
        elsewhere = Follower(parts.pool, parts.wakeups, FAIL_OVER, kinds=FAILED_KINDS, handle=fail_over_failed)
        chosen += [FailOver(parts.pool).run, elsewhere.run]
    if "clock" in roles:
        chosen.append(Clock(parts.hot).run)
        chosen += _automation(parts)
        chosen.append(AudienceImporter(parts.pool, parts.wakeups).run)
        desk = AccountDesk(parts.pool, parts.sealer, parts.providers, parts.reach)
        chosen.append(UpkeepWorker(desk).run)
        chosen.append(RetentionWorker(parts.pool).run)
        chosen += [CampaignFeeder(parts.hot, parts.wakeups).run, CampaignPreviews(parts.pool, parts.wakeups).run]
    return chosen


def _automation(parts: Parts) -> list[Worker]:
    """What events call for is written down by followers of the log, each once, and done by workers beside them."""
    messages = Follower(parts.hot, parts.wakeups, FOLLOWER, kinds=FOLLOWED, handle=owe_automated)
    webhooks = Follower(parts.pool, parts.wakeups, WEBHOOKS, kinds=TOLD, handle=owe_webhooks)
    flows = Follower(parts.pool, parts.wakeups, FLOWS, kinds=KINDS, handle=hear_for_flows)
    runner = FlowRunner(parts.pool, parts.wakeups, parts.sealer, allowed=parts.private_hosts)
    relay = WebhookRelay(parts.pool, parts.wakeups, parts.sealer, allowed=parts.private_hosts)
    texts = AutomatedTexts(parts.hot, parts.wakeups)
    timed = TimedFlows(parts.pool)
    return [messages.run, webhooks.run, flows.run, texts.run, relay.run, runner.run, timed.run]


async def _keep_running(worker: Worker) -> None:
    """Workers handle what they expect; what they do not is told, and the worker begins again."""
    while True:
        try:
            await worker()
        except Exception:
            log.exception("worker_failed", worker=getattr(worker, "__qualname__", repr(worker)))
        await asyncio.sleep(WORKER_PAUSE_SECONDS)


async def _stop(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
