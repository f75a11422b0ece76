"""Web addresses and profiles on social networks: one written form for one page."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from filo.foundation.folding import without_invisible
from filo.foundation.italy.errors import InvalidIdentity

_LONGEST = 2000
_SCHEME = re.compile(r"^([a-z][a-z0-9+.\-]*):(?!\d{1,5}(?:[/?#]|$))", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9\-]{2,59})")
_MASTODON_HOST = re.compile(r"mastodon|mstdn|(?:^|\.)(?:fosstodon\.org|hachyderm\.io|livellosegreto\.it)$")

_NETWORK_OF_HOST = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "fb.me": "facebook",
    "instagram.com": "instagram",
    "linkedin.com": "linkedin",
    "twitter.com": "x",
    "x.com": "x",
    "bsky.app": "bluesky",
    "youtube.com": "youtube",
    "tiktok.com": "tiktok",
}
_PAGE_OF_NETWORK = {
    "facebook": "https://www.facebook.com/{}",
    "instagram": "https://www.instagram.com/{}",
    "linkedin": "https://www.linkedin.com/{}",
    "x": "https://x.com/{}",
    "bluesky": "https://bsky.app/profile/{}",
    "youtube": "https://www.youtube.com/{}",
    "tiktok": "https://www.tiktok.com/@{}",
}
_ALIASES = {"twitter": "x", "fb": "facebook", "ig": "instagram", "insta": "instagram", "bsky": "bluesky"}
NETWORKS = (*_PAGE_OF_NETWORK, "mastodon")
# First parts of a path that are no one's handle.
_PAGES = """events explore feed groups hashtag home i intent jobs p pages people permalink.php photo playlist
    profile.php reel reels results search share sharer shorts stories story.php tv watch"""
_NOT_A_HANDLE = frozenset(_PAGES.split())
_HANDLE = re.compile(r"[\w][\w.\-]{0,99}")


def normalise_web(value: str) -> str:
    """An http or https address with its host in small ASCII letters; https where no scheme was written.

    Refuses every other scheme (javascript:, data:, …), names and passwords before the host, hosts without a
    dot. Raises InvalidIdentity.
    """
    text = value.strip()
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise _not_an_address()
    text = unicodedata.normalize("NFC", without_invisible(text)).strip()
    if not text:
        raise InvalidIdentity("web-empty", _("Write the web address."))
    if re.search(r"[\s\\<>\"^`{|}]", text):
        raise _not_an_address()
    text = re.sub(r"^(?:https?:?/{1,3})+(?=https?:?/)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^(https?):?/{1,3}(?=\w)", r"\1://", text, flags=re.IGNORECASE)
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        raise InvalidIdentity("web-scheme", _("A web address begins with https:// or http://."))
    parts = _split(text if scheme else "https://" + text.removeprefix("//"))
    address = f"{parts.scheme.lower()}://{_host(parts)}{iri_to_uri(_rest(parts))}"
    if len(address) > _LONGEST:
        raise _not_an_address()
    return address


def normalise_social(value: str, *, network: str = "") -> str:
    """ "network:handle" for a profile on one of NETWORKS, otherwise its web address.

    Takes an address, "instagram: mario", "@mario@mastodon.social", or a bare handle with `network`. LinkedIn
    handles keep their kind ("linkedin:company/acme"). Raises InvalidIdentity.
    """
    text = without_invisible(unicodedata.normalize("NFKC", value.strip())).strip()
    found = re.match(r"([a-z]+)\s*:\s*(?!//)(.+)$", text, re.IGNORECASE)
    named = _network_named(found[1]) if found else ""
    if found and named:
        text = found[2]
    network = named or _network_named(network)
    if re.fullmatch(r"@[\w.\-]+@(?:[\w\-]+\.)+\w{2,}", text):
        return f"mastodon:{text.lower()}"
    if text.lower().startswith("@") and text.lower().endswith(".bsky.social"):
        network = "bluesky"
    if network and "://" not in text and not text.lower().startswith("www."):
        return _of_handle(network, text)
    if text.startswith("@"):
        raise InvalidIdentity("social-network", _("Say which network this profile is on."))
    address = normalise_web(text)
    return _of_address(urlsplit(address)) or address


def social_url(profile: str) -> str:
    """The page of a profile that `normalise_social` gave."""
    network, _colon, handle = profile.partition(":")
    if network == "mastodon":
        name, _at, server = handle.removeprefix("@").partition("@")
        return f"https://{server}/@{name}"
    return _PAGE_OF_NETWORK[network].format(handle) if network in _PAGE_OF_NETWORK else profile


def _network_named(name: str) -> str:
    name = name.strip().lower()
    name = _ALIASES.get(name, name)
    return name if name in NETWORKS else ""


def _of_handle(network: str, text: str) -> str:
    handle = text.strip().strip("/")
    if network == "linkedin":
        kind, _slash, name = handle.rpartition("/")
        if (kind or "in") in {"in", "company", "school", "showcase"} and _HANDLE.fullmatch(name):
            return f"linkedin:{kind or 'in'}/{name.lower()}"
    elif network == "youtube":
        kind, _slash, name = handle.rpartition("/")
        if kind in {"channel", "c", "user"} and _HANDLE.fullmatch(name):
            return f"youtube:{handle}"
        if not kind and _HANDLE.fullmatch(name.removeprefix("@")):
            return f"youtube:@{name.removeprefix('@').lower()}"
    elif network != "mastodon" and _HANDLE.fullmatch(handle.removeprefix("@")):
        return f"{network}:{handle.removeprefix('@').lower()}"
    raise InvalidIdentity("social-handle", _("This is not the name of a profile."))


def _of_address(parts: SplitResult) -> str:
    """ "network:handle" if the address is a profile of a known network, else nothing."""
    host = re.sub(r"^(?:www|m|mobile|[a-z]{2}(?:-[a-z]{2})?)\.(?=[^.]+\.[^.]+$)", "", parts.netloc)
    steps = [unquote(step) for step in parts.path.split("/") if step]
    network = _NETWORK_OF_HOST.get(host, "")
    if network == "facebook" and steps == ["profile.php"]:
        steps = parse_qs(parts.query).get("id", [""])[:1]
    if not network and steps and re.fullmatch(r"@\w[\w.\-]*", steps[0]) and _MASTODON_HOST.search(host):
        return f"mastodon:{steps[0].lower()}@{host}" if len(steps) == 1 else ""
    handle = _handle_in(network, steps)
    try:
        return _of_handle(network, handle) if network and handle else ""
    except InvalidIdentity:
        return ""


def _handle_in(network: str, steps: list[str]) -> str:
    """The part of the path that names the profile, or nothing."""
    if not steps or steps[0].lower() in _NOT_A_HANDLE:
        return ""
    first, rest = steps[0], steps[1:]
    if network == "linkedin":
        return f"{first}/{rest[0]}" if rest and first in {"in", "company", "school", "showcase"} else ""
    if network == "bluesky":
        return rest[0] if first == "profile" and len(rest) == 1 else ""
    if network == "youtube" and not first.startswith("@"):
        return f"{first}/{rest[0]}" if rest and first in {"channel", "c", "user"} else ""
    if network == "tiktok" and not first.startswith("@"):
        return ""
    return "" if rest and network != "youtube" else first


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        raise _not_an_address() from None
    if parts.username is not None or not parts.hostname:
        raise _not_an_address()
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower().removesuffix(".")
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _not_an_address() from None
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise _not_an_address()
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    return host if parts.port in {None, usual} else f"{host}:{parts.port}"


def _rest(parts: SplitResult) -> str:
    path = "" if parts.path == "/" and not parts.query and not parts.fragment else parts.path
    if not path and (parts.query or parts.fragment):
        path = "/"
    return path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def _not_an_address() -> InvalidIdentity:
    return InvalidIdentity("web-format", _("This is not a web address. Write it like www.example.com."))
