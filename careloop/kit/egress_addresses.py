"""Which addresses a tenant may make us speak to: the public internet, by name or plain address.

A tenant chooses a URL, we stand inside. Whatever is not plainly a public address is refused:
private and loopback networks, link-local ones with the clouds' metadata servers, carrier NAT,
multicast, documentation and test networks, and every IPv6 form that hides an IPv4 address.
Sources: the IANA special-purpose address registries; RFC 6052 (NAT64), 3056 (6to4), 4380 (Teredo).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from careloop.kit.errors import InvalidInput

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_SHUT_V4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # Azure's platform server has a public number
    )
)  # fmt: skip
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_SHUT_V6 = tuple(
    ipaddress.IPv6Network(text)
    for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")
)
PORTS = frozenset({443, 8443})
_INNER_NAMES = (
    "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan",
    "home.arpa", "onion", "test", "invalid",
)  # fmt: skip
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PLAIN = re.compile(r"[\x21-\x7e]+")
URL_CHARS = 2000


class AddressRefused(InvalidInput):
    """The URL or the address behind it is not one that we speak to."""

    code = "address_refused"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads: `host` is a name or a plain address, without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """As the `Host` header says it, with the port always."""
        return f"{self._written}:{self.port}"

    @property
    def _written(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def host_header(self) -> str:
        usual = {"https": 443, "http": 80}[self.scheme]
        return self._written if self.port == usual else self.authority


def parse(url: str) -> Target:
    """The parts of a URL; refused is what different readers could read differently."""
    if not _PLAIN.fullmatch(url) or len(url) > URL_CHARS or "\\" in url:
        raise AddressRefused("The URL has characters that do not belong into one")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise AddressRefused("The URL cannot be read") from None
    if parts.scheme not in {"https", "http"}:
        raise AddressRefused("The URL must begin with https://")
    if "@" in parts.netloc:
        raise AddressRefused("The URL must not hold a user name or password")
    if parts.fragment or "#" in url:
        raise AddressRefused("The URL must not hold a fragment (#)")
    if port == 0:
        raise AddressRefused("Port 0 cannot be spoken to")
    host = host.removesuffix(".")
    if not host or not (_is_address(host) or _is_name(host)):
        raise AddressRefused(f"{host or 'The empty text'} is not the name of a host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path)


def check_target(target: Target) -> None:
    """Refuse what its text alone shows to be no public https address."""
    if target.scheme != "https":
        raise AddressRefused("Only https is spoken; http would show everything on the way")
    if target.port not in PORTS:
        raise AddressRefused(f"Port {target.port} is not spoken to; use 443 or 8443")
    literal = as_address(target.host)
    if literal is not None:
        check_address(literal)
        return
    labels = target.host.split(".")
    if len(labels) < 2 or any(
        target.host == name or target.host.endswith("." + name) for name in _INNER_NAMES
    ):
        raise AddressRefused(f"{target.host} is a name of an inner network")


def check_address(address: Address) -> None:
    """Refuse every address that is not plainly public."""
    if isinstance(address, ipaddress.IPv4Address):
        public = not any(address in network for network in _SHUT_V4) and address.is_global
    else:
        public = (
            address.scope_id is None
            and address in _OPEN_V6
            and not any(address in network for network in _SHUT_V6)
        )
    if not public:
        raise AddressRefused(f"{address} is not a public address")


def as_address(host: str) -> Address | None:
    """The address that a host is, when it is one and no name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_address(host: str) -> bool:
    return as_address(host) is not None and "%" not in host


def _is_name(host: str) -> bool:
    """Letters, digits, hyphens. A last label that is a number would be read as an address in one
    of its odd forms (decimal, octal, hexadecimal, short), so no name ends in one."""
    labels = host.split(".")
    return (
        len(host) <= 253
        and all(_LABEL.fullmatch(label) for label in labels)
        and not _NUMBER.fullmatch(labels[-1])
    )
