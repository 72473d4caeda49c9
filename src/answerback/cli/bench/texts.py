"""Customers' texts by the thousand, as finished HTTP requests."""

from answerback.cli.bench.carriers import CARRIERS, Carrier, Knock

TWILIO = CARRIERS["twilio"]


def inbound(port: int, account: int, place: int, *, to: str, sender: str, carrier: Carrier = TWILIO) -> bytes:
    """A customer's text as the carrier posts it."""
    body = f"Hello, where is my order number {place}? It never came."
    return request(port, carrier.post(account, port, place, to=to, sender=sender, body=body))


def request(port: int, knock: Knock) -> bytes:
    """On the wire."""
    lines = [f"POST {knock.path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in knock.headers.items()]
    lines.append(f"Content-Length: {len(knock.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + knock.body


def customer(place: int) -> str:
    """A distinct US mobile number."""
    return f"+1212{2_000_000 + place % 7_999_999:07d}"
