"""Filo beside others under one load generator: the same work, the same machine, the same PostgreSQL, in turn.

    python bench/side_by_side.py --generator ../shared/bench/bench.py --target filo,filo-pages,ninja \
        [--workloads W1,W2,W2d,W3,W4] [--clients 1,8] [--seconds 6] [--runs 3] [--out results.jsonl]

The generator is a file of its own, found by --generator or SIDE_BY_SIDE; without it there is one line and no run.
Every option that is not ours is the generator's. Filo is told by the environment, see README.md:
FILO_URL, FILO_TOKEN, FILO_HEAVY, FILO_PID, and for the pages FILO_EMAIL and FILO_PASSWORD.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
import uuid
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote, quote_plus

ROOT = Path(__file__).resolve().parent.parent
GENERATOR = os.environ.get("SIDE_BY_SIDE", str(ROOT.parent / "shared" / "bench" / "bench.py"))
DEEP = 150
# The others look for parts of names; Filo finds beginnings of words, so what is looked for begins words here.
TERMS = ("ross", "russ", "marco ros", "bianch", "lombar", "giulia fer", "esposit", "martinel", "pellegrin", "anna mor")
SECTORS = tuple(f"settore {number}" for number in range(1, 11))  # a tenth of the contacts each, as gen.py deals them
FOUND = b'"display_name"'
# An address and what it says, where another program may have the port.
KNOWN_BY = {"ninja": ("/hello", b"hello world"), "filo": ("/healthz", b"ok"), "filo-pages": ("/healthz", b"ok")}


class Filo:
    """What API and pages have in common; the attributes and methods are those that the generator calls."""

    base = os.environ.get("FILO_URL", "http://127.0.0.1:8000")
    pidfile = os.environ.get("FILO_PID", "")
    extra: tuple[str, ...] = ()

    def prepare(self) -> None:
        """The ids of the long stories, and the addresses of page 150, once."""
        self.heavy = json.loads(Path(os.environ["FILO_HEAVY"]).read_text())
        line = with_token(self.base)
        self.deep = [far_down(line, sector) for sector in SECTORS[:3]]

    def after(self, workload: str) -> None:
        """What was created stays: it is told apart by its source."""


class FiloApi(Filo):
    """The REST API with a token: log-in, rights and audit are on."""

    name = "filo"

    def session(self) -> Any:
        """A line with the token."""
        return with_token(self.base)

    def W1(self, line: Any, rng: Any) -> None:  # noqa: N802 — the generator's names
        """Create a contact with a mail address, two numbers and an address."""
        status, answer = line.json("POST", "/api/v1/parties", facts(generator().person(rng)))
        must(status == 201, answer)

    def W2(self, line: Any, rng: Any) -> int:  # noqa: N802
        """List of 50, a tenth of all, sorted by name."""
        return self._listed(line, narrowed(rng.choice(SECTORS)))

    def W2d(self, line: Any, rng: Any) -> int:  # noqa: N802
        """The same, page 150."""
        return self._listed(line, rng.choice(self.deep))

    def W3(self, line: Any, rng: Any) -> int:  # noqa: N802
        """Search by the beginnings of names."""
        return ask(line, f"/api/v1/search?limit=10&q={quote(rng.choice(TERMS))}", b'"title"')

    def W4(self, line: Any, rng: Any) -> int:  # noqa: N802
        """A party, then its story of 200."""
        party = rng.choice(self.heavy)
        return ask(line, f"/api/v1/parties/{party}", FOUND) + ask(
            line, f"/api/v1/parties/{party}/timeline?limit=200", b'"event_id"', times=200
        )

    def _listed(self, line: Any, path: str) -> int:
        return ask(line, f"/api/v1{path}", FOUND, times=50)


class FiloPages(Filo):
    """The pages as a signed-in person gets them; creating is left to the API."""

    name = "filo-pages"

    def session(self) -> Any:
        """A line with a session, opened at the door."""
        line = generator().Http(self.base)
        _status, page, _answer = line.req("GET", "/login")
        token = re.search(rb'csrfmiddlewaretoken" value="([^"]+)', page)
        must(token, "no form at the door")
        fields = {"login": os.environ["FILO_EMAIL"], "password": os.environ["FILO_PASSWORD"]}
        secret = token[1].decode() if token else ""
        status, _body, _answer = line.form("/login", fields | {"csrfmiddlewaretoken": secret})
        must(status == 302, f"the door answered {status}")
        return line

    def W2(self, line: Any, rng: Any) -> int:  # noqa: N802
        """List of 50."""
        return ask(line, narrowed(rng.choice(SECTORS)).replace("limit=50&", ""), b'href="/parties/')

    def W2d(self, line: Any, rng: Any) -> int:  # noqa: N802
        """The same, page 150: pages and API have one kind of cursor."""
        return ask(line, rng.choice(self.deep).replace("limit=50&", ""), b'href="/parties/')

    def W3(self, line: Any, rng: Any) -> int:  # noqa: N802
        """Suggestions while typing."""
        return ask(line, f"/search/suggest?q={quote(rng.choice(TERMS))}", b"/parties/")

    def W4(self, line: Any, rng: Any) -> int:  # noqa: N802
        """The card with the first page of its story."""
        return ask(line, f"/parties/{rng.choice(self.heavy)}", b"</html>")


def main(words: list[str]) -> int:
    """Give the generator our targets and let it run."""
    path, rest = _generator_in(words)
    if not path.is_file():
        print(f"side_by_side: there is no load generator at {path}; name it with --generator FILE")
        return 0
    loaded = _loaded(path)
    loaded.TARGETS.update({target.name: target for target in (FiloApi, FiloPages)})
    sys.argv = [str(path), *_without_what_is_away(loaded, rest)]
    loaded.main()
    return 0


def _generator_in(words: list[str]) -> tuple[Path, list[str]]:
    if "--generator" in words:
        place = words.index("--generator")
        return Path(words[place + 1]), words[:place] + words[place + 2 :]
    return Path(GENERATOR), words


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("load_generator", path)
    if spec is None or spec.loader is None:
        sys.exit(f"side_by_side: {path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules["load_generator"] = module
    spec.loader.exec_module(module)
    return module


def generator() -> ModuleType:
    """The load generator that runs us."""
    return sys.modules["load_generator"]


def _without_what_is_away(loaded: ModuleType, words: list[str]) -> list[str]:
    """Leave out targets whose server does not answer, each with a line."""
    if "--target" not in words:
        return words
    place = words.index("--target") + 1
    there = [name for name in words[place].split(",") if _answers(loaded, name)]
    if not there:
        sys.exit("side_by_side: none of the targets answers")
    return [*words[:place], ",".join(there), *words[place + 1 :]]


def _answers(loaded: ModuleType, name: str) -> bool:
    target = loaded.TARGETS.get(name)
    if target is None or not target.base:
        return True
    try:
        status, body, _answer = loaded.Http(target.base).req("GET", KNOWN_BY.get(name, ("/", b""))[0])
    except OSError:
        status, body = 0, b""
    if status == 0 or KNOWN_BY.get(name, ("/", b""))[1] not in body:
        print(f"side_by_side: {name} does not answer at {target.base}; it is left out")
        return False
    return True


def with_token(base: str) -> Any:
    """A line to the API."""
    line = generator().Http(base)
    line.h["Authorization"] = f"Bearer {os.environ['FILO_TOKEN']}"
    return line


def narrowed(sector: str) -> str:
    """The list of a sector, by name."""
    tree = json.dumps({"field": "sector", "op": "is", "value": sector})
    return f"/parties?limit=50&sort=name&filter={quote_plus(tree)}"


def far_down(line: Any, sector: str) -> str:
    """The address of page 150, or of the last full page of a shorter list."""
    before = following = narrowed(sector)
    for _page_number in range(1, DEEP):
        status, answer = line.json("GET", f"/api/v1{following}")
        must(status == 200, answer)
        if not answer["next"]:
            return before
        before, following = following, f"{narrowed(sector)}&cursor={quote_plus(answer['next'])}"
    return following


def facts(known: dict[str, Any]) -> dict[str, Any]:
    """The generator's person as the API takes one."""
    place = {"street": known["street"], "postal_code": "20121", "city": known["city"], "province": "MI"}
    return {
        "kind": "person",
        "given_name": known["first"],
        "family_name": known["last"],
        "sector": f"settore {known['sector']}",
        "contact_points": [{"type": kind, "value": known[kind]} for kind in ("email", "phone", "mobile")],
        "addresses": [place],
        "source": f"side-by-side-{uuid.uuid4().hex[:6]}",
    }


def ask(line: Any, path: str, holds: bytes, times: int = 1) -> int:
    """Get it; what is expected must be there so many times at least."""
    status, body, _answer = line.req("GET", path)
    must(status == 200 and body.count(holds) >= times, (status, path, body.count(holds), body[:200]))
    return len(body)


def must(good: object, why: object = "") -> None:
    """The generator counts an AssertionError as an error."""
    if not good:
        raise AssertionError(str(why)[:300])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
