"""Connections to the public internet only: addresses of our own networks are refused where they are used.

The resolver is asked once and its answer is what is connected to, so a name cannot change in between (DNS rebinding).
"""

import asyncio
import ipaddress
import socket
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult

# Forms that carry an IPv4 address inside: NAT64, 6to4, Teredo.
TUNNELS: Final = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class PrivateAddress(Exception):  # noqa: N818 - a refusal, not a mistake
    """The name or address leads into a network that is not public."""


def is_public(address: str) -> bool:
    """Whether anybody on the internet could mean this address."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped is not None:
            return is_public(str(read.ipv4_mapped))
        if any(read in tunnel for tunnel in TUNNELS):
            return False
    return read.is_global and not read.is_multicast


class PublicResolver(AbstractResolver):
    """Raises PrivateAddress when any address of a name is not public, unless the name is one of `allowed`. aiohttp does
    not ask it about literal addresses: check those with `refuse_private_literal` first."""

    def __init__(self, allowed: frozenset[str] = frozenset()) -> None:
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        addresses = [(kind, str(place[0])) for kind, _, _, _, place in found]
        if not addresses or not (host in self._allowed or all(is_public(address) for _, address in addresses)):
            raise PrivateAddress(host)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
            for kind, address in addresses
        ]

    async def close(self) -> None:
        """Nothing is held."""


def refuse_private_literal(host: str) -> None:
    """Raises PrivateAddress for an address that is written out and not public, in any spelling a system accepts."""
    try:
        literal = socket.inet_ntoa(socket.inet_aton(host))  # also 127.1, 0x7f000001 and 2130706433
    except OSError:
        literal = host if ":" in host else ""
    if literal and not is_public(literal):
        raise PrivateAddress(host)
