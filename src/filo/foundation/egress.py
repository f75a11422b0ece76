"""The one way out: HTTP to an address that was looked up once, judged, and then dialled as it was judged."""

from __future__ import annotations

import contextlib
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from socket import IPPROTO_TCP, getaddrinfo
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import DomainError

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], list[str]]

TOTAL_SECONDS = 5.0
CONNECT_SECONDS = 3.0
MOST_BYTES = 1024 * 1024
LONGEST_URL = 2000
# Public by their number, but inside every rented machine they lead to its landlord's keys.
LANDLORDS = frozenset(map(ip_address, ("169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254")))
RELAYS = tuple(map(ip_network, ("192.88.99.0/24", "64:ff9b:1::/48", "::/96", "fec0::/10")))
NAT64, SIX_TO_FOUR = IPv6Network("64:ff9b::/96"), IPv6Network("2002::/16")


class EgressRefused(DomainError):
    """Filo itself does not call this address; `reason` is a stable word for it."""

    code, status = "egress-refused", 422
    sentence = _("Filo does not call this address.")

    def __init__(self, reason: str) -> None:
        super().__init__(REFUSALS[reason])
        self.reason = reason


class EgressFailed(DomainError):
    """The other side could not be reached or did not answer properly; `reason` is a stable word for it."""

    code, status = "egress-failed", 502
    sentence = _("The other side did not answer.")

    def __init__(self, reason: str) -> None:
        super().__init__(FAILURES[reason])
        self.reason = reason


REFUSALS = {
    "not-http": _("Only addresses that begin with https:// or http:// can be called."),
    "credentials": _("An address with a user name or password in it is not called."),
    "unreadable": _("This is not an address of the web."),
    "private": _("This address leads into a private network, where Filo does not call."),
    "muted": _("This is a muted copy: it calls nobody."),
}
FAILURES = {
    "unknown-host": _("There is no such host."),
    "no-connection": _("The other side does not accept connections."),
    "not-trusted": _("The other side’s certificate is not to be trusted."),
    "too-slow": _("The other side took longer than five seconds."),
    "garbled": _("The other side broke off or did not speak HTTP."),
}


_asked_first: list[Callable[[], None]] = []


def ask_first(question: Callable[[], None]) -> None:
    """Have this asked before each call: it raises `EgressRefused` when nobody may be called now."""
    _asked_first.append(question)


@dataclass(frozen=True)
class Answer:
    """What came back; `body` is what was read of it, `is_whole` whether that was all."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    most_bytes: int = MOST_BYTES,
    resolve: Resolver | None = None,
    house: bool = False,
) -> Answer:
    """Ask another server once: no redirect is followed, no proxy used, five seconds at most from name to last byte.

    house: it is this very installation, which may lie in a private network; only the host and port of FILO_SITE_URL
    are then called, and nobody else.

    Raises `EgressRefused` for what Filo does not call, `EgressFailed` when nothing proper comes back.
    """
    for question in _asked_first:
        question()
    deadline = time.monotonic() + TOTAL_SECONDS
    target = check_url(url)
    found = _looked_up(str(target.host), _port(target), resolve or system_resolver, deadline)
    if house and _origin(target) != _origin(httpx.URL(settings.SITE_URL)):
        raise EgressRefused("private")
    if not all(is_allowed(address) or (house and address not in LANDLORDS) for address in found):
        raise EgressRefused("private")
    backend = _Pinned(found, deadline)
    given = {"User-Agent": "Filo", "Accept-Encoding": "identity", **(headers or {})}
    with httpx.Client(
        transport=_Transport(backend), trust_env=False, follow_redirects=False, timeout=TOTAL_SECONDS
    ) as client:
        try:
            with client.stream(method, target, headers=given, content=content) as response:
                body, is_whole = _read(response, most_bytes)
                return Answer(response.status_code, dict(response.headers), body, is_whole)
        except (httpcore.TimeoutException, TimeoutError):
            raise EgressFailed("too-slow") from None
        except httpcore.ConnectError as error:
            tls = isinstance(error.__context__, ssl.SSLError)
            raise EgressFailed("not-trusted" if tls else "no-connection") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, OSError):
            raise EgressFailed("garbled") from None


def check_url(url: str) -> httpx.URL:
    """The address, if by its writing it could be called; where it leads is judged at each call.

    Raises `EgressRefused`.
    """
    if len(url) > LONGEST_URL or any(character.isspace() or not character.isprintable() for character in url):
        raise EgressRefused("unreadable")
    try:
        found = httpx.URL(url)
        port = urlsplit(url).port
    except (httpx.InvalidURL, ValueError):
        raise EgressRefused("unreadable") from None
    if found.scheme not in ("http", "https"):
        raise EgressRefused("not-http")
    if found.userinfo or "@" in urlsplit(url).netloc:
        raise EgressRefused("credentials")
    if not found.host or port == 0 or "\\" in url or "%" in found.host:
        raise EgressRefused("unreadable")
    return found.copy_with(fragment=None)


def dialled(host: str, port: int, *, seconds: float, resolve: Resolver | None = None) -> socket.socket:
    """A line to a server that speaks something else than HTTP: looked up once, judged, and dialled as it was judged.

    seconds: for the whole of it, and then for each wait on the line. Raises `EgressRefused` and `EgressFailed`.
    """
    for question in _asked_first:
        question()
    found = _looked_up(host, port, resolve or system_resolver, time.monotonic() + seconds)
    if not all(is_allowed(address) for address in found):
        raise EgressRefused("private")
    for address in found:
        with contextlib.suppress(OSError):
            line = socket.create_connection((str(address), port), timeout=min(CONNECT_SECONDS, seconds))
            line.settimeout(seconds)
            return line
    raise EgressFailed("no-connection")


def trusted() -> ssl.SSLContext:
    """What certificates of other sides are checked against."""
    return _trust()


def system_resolver(host: str, port: int) -> list[str]:
    """Every address that the machine's own resolver has for a host, in its order."""
    return [str(found[4][0]) for found in getaddrinfo(host, port, proto=IPPROTO_TCP)]


def is_allowed(address: Address) -> bool:
    """Whether Filo calls an address: a public one, or one that FILO_EGRESS_ALLOW names."""
    plain = _unwrapped(address)
    if plain in LANDLORDS:
        return False
    if any(plain in network for network in settings.EGRESS_ALLOW if network.version == plain.version):
        return True
    is_relay = any(plain in network for network in RELAYS if network.version == plain.version)
    special = plain.is_multicast or plain.is_reserved or plain.is_unspecified or plain.is_loopback or is_relay
    return plain.is_global and not plain.is_private and not plain.is_link_local and not special


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """FILO_EGRESS_ALLOW: networks separated by commas. Raises ValueError."""
    return [ip_network(part.strip()) for part in text.split(",") if part.strip()]


def _unwrapped(address: Address) -> Address:
    """The address that is meant by one of version 6 which carries one of version 4."""
    if isinstance(address, IPv4Address):
        return address
    teredo = address.teredo[1] if address.teredo else None
    carried = address.ipv4_mapped or address.sixtofour or teredo
    if carried is None and address in NAT64:
        carried = IPv4Address(int(address) & 0xFFFFFFFF)
    return carried or address


def _port(target: httpx.URL) -> int:
    return target.port or (443 if target.scheme == "https" else 80)


def _origin(target: httpx.URL) -> tuple[str, str, int]:
    return target.scheme, target.host, _port(target)


def _looked_up(host: str, port: int, resolve: Resolver, deadline: float) -> list[Address]:
    """Every address of a host, asked once; the resolver of the system knows no deadline, so a thread waits for it."""
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except Exception as error:  # it is told to who waits
            answers.put(error)

    threading.Thread(target=ask, name="filo-resolver", daemon=True).start()
    try:
        found = answers.get(timeout=max(0.01, deadline - time.monotonic()))
    except queue.Empty:
        raise EgressFailed("too-slow") from None
    if isinstance(found, Exception) or not found:
        raise EgressFailed("unknown-host")
    try:
        return [ip_address(text.partition("%")[0]) for text in dict.fromkeys(found)]
    except ValueError:
        raise EgressFailed("unknown-host") from None


def _read(response: httpx.Response, most: int) -> tuple[bytes, bool]:
    """The body as it came, undecoded, so that no small answer unfolds into a large one."""
    kept = bytearray()
    for piece in response.iter_raw(chunk_size=16384):
        kept += piece
        if len(kept) > most:
            return bytes(kept[:most]), False
    return bytes(kept), True


class _Pinned(httpcore.NetworkBackend):
    """Connects to the addresses that were judged, whatever name it is given, and to nothing else."""

    def __init__(self, addresses: Iterable[Address], deadline: float) -> None:
        self._addresses = list(addresses)
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """The first of the addresses that answers."""
        *others, last = self._addresses
        for address in others:
            try:
                return self._dialled(address, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._dialled(last, port)

    def _dialled(self, address: Address, port: int) -> httpcore.NetworkStream:
        seconds = min(CONNECT_SECONDS, _left(self._deadline))
        return _Timed(self._sockets.connect_tcp(str(address), port, timeout=seconds, socket_options=[]), self._deadline)


class _Timed(httpcore.NetworkStream):
    """A line on which every wait is cut at the one deadline of the call, so that drops of bytes buy no time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


class _Transport(httpx.BaseTransport):
    """httpx over httpcore with our own way to connect; certificates are checked against the name in the address."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=_trust(), network_backend=backend, max_connections=1)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it on a new connection."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        found = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, content=request.read())
        )
        return httpx.Response(found.status, headers=found.headers, stream=_Body(found))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer, piece by piece."""

    def __init__(self, found: httpcore.Response) -> None:
        self._found = found

    def __iter__(self) -> Iterator[bytes]:
        yield from self._found.iter_stream()

    def close(self) -> None:
        self._found.close()


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
