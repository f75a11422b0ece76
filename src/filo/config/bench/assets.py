"""What a browser with an empty cache fetches for the list page: how many requests, how many bytes of what."""

from __future__ import annotations

import http.client
import re
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urljoin

from filo.config.bench.wire import Person

PATH = "/parties?stage=customer&sort=name"
_TAGS = re.compile(r'<(?:link[^>]*?href|script[^>]*?src|img[^>]*?src|use[^>]*?href)="(/[^"#]+)')
_IN_STYLES = re.compile(r'url\("?([^")#]+\.woff2)"?\)|@import "([^"]+)"')
_IN_SCRIPTS = re.compile(r'(?:from|import)\s*"([^"]+\.js)"')
_KINDS = {".js": "script", ".css": "style", ".woff2": "font", ".svg": "image"}


@dataclass
class Fetched:
    """One request of the page."""

    path: str
    kind: str
    plain: int  # bytes as they are
    sent: int  # bytes as they travel, compressed where the server does


def list_page(port: int, person: Person) -> list[Fetched]:
    """The page and everything that it asks for, fonts for other alphabets too."""
    found: dict[str, Fetched] = {}
    waiting = [PATH]
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        while waiting:
            path = waiting.pop(0)
            if path in found:
                continue
            text, found[path] = _fetch(line, path, person.cookies)
            waiting += [urljoin(path, other) for other in _named_in(text, found[path].kind)]
    return list(found.values())


def _fetch(line: http.client.HTTPConnection, path: str, cookies: str) -> tuple[str, Fetched]:
    plain = _get(line, path, cookies, "identity")
    sent = _get(line, path, cookies, "gzip, br, zstd")
    kind = next((kind for ending, kind in _KINDS.items() if path.endswith(ending)), "page")
    return plain.decode(errors="replace"), Fetched(path, kind, len(plain), len(sent))


def _get(line: http.client.HTTPConnection, path: str, cookies: str, encoding: str) -> bytes:
    line.request("GET", path, headers={"Host": "localhost", "Cookie": cookies, "Accept-Encoding": encoding})
    response = line.getresponse()
    body = response.read()
    if response.status != 200:
        raise http.client.HTTPException(f"{path} answered {response.status}")
    return body


def _named_in(text: str, kind: str) -> list[str]:
    if kind == "page":
        return _TAGS.findall(text)
    if kind == "style":
        return [first or second for first, second in _IN_STYLES.findall(text)]
    return _IN_SCRIPTS.findall(text) if kind == "script" else []


def weight(fetched: list[Fetched]) -> dict[str, int]:
    """The sums that the targets speak of."""
    page = next(one for one in fetched if one.kind == "page")
    scripts = [one for one in fetched if one.kind == "script"]
    return {
        "requests": len(fetched),
        "html": page.plain,
        "script": sum(one.plain for one in scripts),
        "script_sent": sum(one.sent for one in scripts),
        "all": sum(one.plain for one in fetched),
        "all_sent": sum(one.sent for one in fetched),
    }
