"""What a browser would send of a form as it stands on a page; and what two people get who save the same one."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Forms(HTMLParser):
    """Collects, for each form of a page, the values of its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._select = self._area = ""
        self._inside, self._template = False, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._template += tag == "template"
        if tag == "form":
            self.forms.append({})
            self._inside = True
        if not self._inside or self._template:
            return
        name = found.get("name", "")
        if tag == "input" and name and _is_sent(found):
            ticked = found.get("type") in ("checkbox", "radio")
            self.forms[-1][name] = found.get("value", "on" if ticked else "")
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and ("selected" in found or self._select not in self.forms[-1]):
            self.forms[-1][self._select] = found.get("value", "")
        elif tag == "textarea" and name:
            self._area = name
            self.forms[-1][name] = ""

    def handle_endtag(self, tag: str) -> None:
        self._template -= tag == "template"
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and self._inside and not self._template:
            self.forms[-1][self._area] += data.removeprefix("\n")


def _is_sent(found: dict[str, str]) -> bool:
    kind = found.get("type", "text")
    return kind not in ("submit", "button", "image", "reset") and (
        kind not in ("checkbox", "radio") or "checked" in found
    )


def values_of(page: str, *, containing: str) -> dict[str, str]:
    """The fields of the first form of a page that has a field named `containing`."""
    parser = _Forms()
    parser.feed(page)
    return next(form for form in parser.forms if containing in form)


@dataclass(frozen=True)
class SavedTwice:
    """What the second of two was answered, what stands in the form then, and what once he has saved again."""

    status: int
    page: str
    kept: str
    at_last: str


def saved_twice(
    client: Client, address: str, field: str, first: str, second: str, *, to: str = "", **typed: Any
) -> SavedTwice:
    """Two people open the form at an address; one saves `first` in a field, then the other `second`, and once more from
    the page that is answered. to: where the form is posted, if elsewhere; typed: what both write besides.
    """

    def opened() -> dict[str, str]:
        return values_of(client.get(address).content.decode(), containing=field)

    form, to = opened() | typed, to or address
    assert client.post(to, form | {field: first}).status_code == 302
    late = client.post(to, form | {field: second})
    page, kept = late.content.decode(), opened()[field]
    again = values_of(page, containing=field) if late.status_code == 422 else form
    client.post(to, again)
    return SavedTwice(late.status_code, page, kept, opened()[field])


def beside(theirs: str, mine: str) -> str:
    """How a page shows what somebody else saved beside what was typed, in Italian."""
    return (
        f'<td data-wrap data-label="Versione altrui">{theirs}</td><td data-wrap data-label="Versione tua">{mine}</td>'
    )
