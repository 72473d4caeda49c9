"""Real servers on 127.0.0.1 for these tests: the emulator in a thread, and a webhook that remembers what it got."""

import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote

import uvicorn

from answerback_emulator.app import create_app
from answerback_emulator.settings.config import Config

PATIENCE_S = 30.0
ACCOUNT = "AC" + "a" * 32
TOKEN = "0123456789abcdef0123456789abcdef"
NUMBER = "+15017122661"
PHONE = "+13125550188"


class RunningEmulator:
    """An emulator served by uvicorn in a thread of its own."""

    def __init__(self, config: Config) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        settings = uvicorn.Config(
            create_app(config), access_log=False, log_level="warning", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> "RunningEmulator":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(PATIENCE_S)
        self._socket.close()

    def admin(self, method: str, path: str, content: object = None) -> Any:
        """Call the admin API; gives back its JSON."""
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def text_from(self, phone: str, body: str, to: str = NUMBER, media: list[dict[str, str]] | None = None) -> Any:
        """Type a text on a phone."""
        path = f"/emulator/phones/{quote(phone)}/texts"
        return self.admin("POST", path, {"to": to, "body": body, "media": media or []})

    def thread(self, phone: str) -> list[dict[str, Any]]:
        """What the phone shows."""
        return self.admin("GET", f"/emulator/phones/{quote(phone)}/texts")

    def call_from(self, phone: str, to: str = NUMBER) -> Any:
        """Dial on a phone; gives back the call, ringing."""
        return self.admin("POST", f"/emulator/phones/{quote(phone)}/calls", {"to": to})

    def ringing(self, phone: str) -> Any:
        """The call that rings this phone, once there is one."""
        path = f"/emulator/calls?phone={quote(phone)}&status=ringing&wait_s={PATIENCE_S}"
        calls = self.admin("GET", path)
        assert calls, f"no call came to {phone}"
        return calls[0]

    def pick_up(self, phone: str) -> Any:
        """Answer what rings at this phone."""
        return self.admin("POST", f"/emulator/calls/{self.ringing(phone)['id']}/answer")

    def call_until(self, call_id: str, status: str) -> Any:
        """The call, once it has this status or is over."""
        return self.admin("GET", f"/emulator/calls/{call_id}?status={status}&wait_s={PATIENCE_S}")

    def turn(self, **dials: object) -> None:
        """Turn some dials."""
        self.admin("PUT", "/emulator/dials", dials)


@dataclass(frozen=True)
class Call:
    """One request a webhook received."""

    method: str
    path: str
    headers: dict[str, str]
    fields: list[tuple[str, str]]
    body: str = ""

    def __getitem__(self, name: str) -> str:
        return dict(self.fields)[name]

    def get(self, name: str) -> str | None:
        return dict(self.fields).get(name)


@dataclass
class Reply:
    """How a webhook answers."""

    status: int = 200
    content_type: str = "text/xml"
    body: str = "<Response/>"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Webhook:
    """A webhook server; `answer` decides per call, `wait_for` waits until enough calls came."""

    answer: Callable[[Call], Reply] = lambda _call: Reply()
    calls: list[Call] = field(default_factory=list)
    url: str = ""
    _news: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int, fits: Callable[[Call], bool] = lambda _call: True) -> list[Call]:
        """The fitting calls so far, once there are `count`; fails the test when they do not come."""
        with self._news:
            came = self._news.wait_for(lambda: sum(map(fits, self.calls)) >= count, PATIENCE_S)
            found = [call for call in self.calls if fits(call)]
        assert came, f"only {len(found)} of {count} webhook calls came"
        return found

    def receive(self, call: Call) -> Reply:
        with self._news:
            self.calls.append(call)
            self._news.notify_all()
        return self.answer(call)


def serve_webhook(webhook: Webhook) -> ThreadingHTTPServer:
    """Start the server of a webhook on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            words = body if self.command == "POST" else self.path.partition("?")[2]
            fields = parse_qsl(words, keep_blank_values=True)
            reply = webhook.receive(Call(self.command, self.path, dict(self.headers), fields, body))
            content = reply.body.encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(content)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = _take  # noqa: N815 - the name http.server calls
        do_POST = _take  # noqa: N815 - the name http.server calls
        do_OPTIONS = _take  # noqa: N815 - the name http.server calls

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    webhook.url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
