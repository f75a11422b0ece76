"""Walks a list to a page far down once, so that this page can be asked for again and again."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote_plus

from filo.config.bench.wire import Caller, Person
from filo.config.bench.works.calls import FIRST
from filo.config.bench.works.pages import FAR_DOWN

PAGE = 150
_CURSOR = re.compile(rb'[?&;]cursor=([^"&]+)')
Ask = Callable[[str], bytes]


def with_deep_pages(port: int, person: Person) -> Person:
    """The same person, who knows the addresses of page 150, or of the last full page of a shorter list."""
    caller = Caller(port, person, 1)
    page, api = f"/parties?{FAR_DOWN}", FIRST
    number = api_number = 1
    while number < PAGE and (cursor := _CURSOR.search(caller.page(page))):
        page, number = f"/parties?{FAR_DOWN}&cursor={html.unescape(cursor[1].decode())}", number + 1
    while api_number < PAGE and (following := json.loads(caller.api(api))["next"]):
        api, api_number = f"{FIRST}&cursor={quote_plus(following)}", api_number + 1
    caller.close()
    return replace(person, deep={"page": page, "api": api, "number": str(number)})
