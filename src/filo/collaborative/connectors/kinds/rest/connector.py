"""A back office that speaks HTTP and JSON.

What it has to answer, with `Authorization: Bearer KEY` (SUBJECT is items, prices, stock or orders):

    GET  BASE/SUBJECT?since=MARK&limit=500   {"items": [{column: value}], "next": MARK, "more": bool, "as_of": moment}
    GET  BASE/SUBJECT/all?page=N             {"items": […], "more": bool}                     for comparing; may be 404
    PUT  BASE/SUBJECT                        {"items": […]} → {"refused": {key: sentence}}    for what Filo gives

MARK is the back office's own (a moment, a sequence); Filo gives it back as it came. The same row twice does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.collaborative.connectors.contract import BackOffice, Batch, NotConnected, Row, Setting
from filo.foundation import egress

AT_ONCE = 500
MOST_BYTES = 8 * 1024 * 1024
MOST_PAGES = 100_000


class Connector(BackOffice):
    """One address and one key; where it lies in the house's network, `FILO_EGRESS_ALLOW` has to name that network."""

    kind = "rest"
    label: ClassVar[str | Promise] = gettext_lazy("Web address (REST)")
    settings = (
        Setting(
            "address", gettext_lazy("Address"), gettext_lazy("Where its interface begins: https://erp.example/filo")
        ),
        Setting("key", gettext_lazy("Key"), gettext_lazy("It is sent as “Authorization: Bearer …”."), secret=True),
    )

    def try_out(self) -> str:
        """Whether it answers."""
        found = self._ask("GET", "items?limit=1")
        return _("The back office answers; items on the first page: %(n)s.") % {"n": len(_items(found))}

    def rows(self, subject: str, since: str) -> Iterator[Batch]:
        """Page after page until it says that there is no more."""
        mark = since
        for _page in range(MOST_PAGES):
            found = self._ask("GET", f"{quote(subject)}?{urlencode({'since': mark, 'limit': AT_ONCE})}")
            items, following = _items(found), str(found.get("next") or mark)
            if items:
                yield Batch([_row(one) for one in items], following, _moment(found.get("as_of")))
            if not found.get("more") or following == mark:
                return
            mark = following

    def put(self, subject: str, rows: Sequence[Row]) -> Mapping[str, str]:
        """All rows in one call."""
        body = json.dumps({"items": [dict(row) for row in rows]}).encode()
        refused = self._ask("PUT", quote(subject), body).get("refused") or {}
        return {str(key): str(why)[:300] for key, why in refused.items()} if isinstance(refused, dict) else {}

    def figures(self, subject: str) -> list[Row] | None:
        """Everything, if it tells everything."""
        found: list[Row] = []
        for page in range(MOST_PAGES):
            told = self._ask("GET", f"{quote(subject)}/all?page={page}", may_lack=True)
            if told is None:
                return None
            found += [_row(one) for one in _items(told)]
            if not told.get("more"):
                break
        return found

    def _ask(self, method: str, place: str, body: bytes = b"", *, may_lack: bool = False) -> Any:
        address = str(self.given.get("address", "")).rstrip("/")
        headers = {"Authorization": f"Bearer {self.secret}", "Accept": "application/json"}
        if body:
            headers["Content-Type"] = "application/json"
        try:
            answer = egress.call(method, f"{address}/{place}", headers=headers, content=body, most_bytes=MOST_BYTES)
        except (egress.EgressRefused, egress.EgressFailed) as error:
            raise NotConnected(str(error)) from None
        if may_lack and answer.status == 404:
            return None
        if answer.status in (401, 403):
            raise NotConnected(_("The back office does not accept the key."))
        if answer.status >= 300:
            raise NotConnected(_("The back office answered with status %(n)s.") % {"n": answer.status})
        if not answer.is_whole:
            raise NotConnected(_("The back office gives too much at once."))
        try:
            found = json.loads(answer.body or b"{}")
        except ValueError:
            raise NotConnected(_("The back office answered something that is not JSON.")) from None
        if not isinstance(found, dict):
            raise NotConnected(_("The back office answered something that is not JSON."))
        return found


def _items(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    items = found.get("items")
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise NotConnected(_("The back office’s answer has no list named “items”."))
    return items


def _row(item: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(name): "" if value is None else str(value)
        for name, value in item.items()
        if not isinstance(value, dict | list)
    }


def _moment(value: object) -> datetime | None:
    found = parse_datetime(str(value)) if value else None
    return found if found and found.tzinfo else None
