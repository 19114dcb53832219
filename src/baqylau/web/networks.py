"""Which network a visitor's request came from, as an opaque mark, and nothing nearer.

The address itself is dropped from the request at the very door: no page, log line or traceback of
the public site can hold what is no longer there. The mark is made under a key that dies with the
process; it serves to share what is scarce, in memory alone.
"""

import ipaddress
import secrets
from collections.abc import MutableMapping
from hashlib import blake2b
from typing import Any, Final

from django.http import HttpRequest

HEADER: Final = "HTTP_X_VISITOR_NETWORK"
"""What nginx tells on the way to a report: the network already, never the address."""
ADDRESSES: Final = (HEADER, "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED")
LOCAL: Final = "local"
"""Whoever comes without a network of their own: through Tor, or from this very machine."""
OWN: Final = "baqylau.network"
"""Where the mark stands in the request."""

PREFIX: Final = {4: 24, 6: 56}
"""Bits of an address by which networks are told apart: 256 neighbours, or one household."""
LONGEST: Final = 64
"""Characters of an address that are looked at; IPv6 needs 45."""

_loopback = frozenset({"127.0.0.1", "::1", ""})
_local_networks = frozenset({"127.0.0.0", "::"})
"""What nginx, which tells networks only, makes of those."""
_key = secrets.token_bytes(32)


def forget_address(environ: MutableMapping[str, Any]) -> None:
    """Put the network's mark in the place of everything that says where a request came from."""
    peer = str(environ.get("REMOTE_ADDR") or "")
    # Only the proxy, which is on this machine, may tell of somebody else.
    told = str(environ.get(HEADER) or "") if peer in _loopback else peer
    environ[OWN] = mark(told)
    for name in ADDRESSES:
        environ.pop(name, None)
    environ["REMOTE_ADDR"] = ""
    environ.pop("REMOTE_PORT", None)


def mark(address: str) -> str:
    """The opaque mark of an address's network; LOCAL for this machine's own and for none."""
    try:
        found = ipaddress.ip_address(address[:LONGEST])
    except ValueError:
        return LOCAL
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if str(found) in _loopback | _local_networks:
        return LOCAL
    network = ipaddress.ip_network((found, PREFIX[found.version]), strict=False)
    return blake2b(str(network).encode(), key=_key, digest_size=16).hexdigest()


def network_of(request: HttpRequest) -> str:
    """The mark of the network that a public request came from."""
    return str(request.META.get(OWN, LOCAL))
