"""What programs ask of a calendar: files by their addresses, what fits a filter, what changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from filo.foundation.errors import BadRequest, NotFound
from filo.operational.caldav.errors import NotAnswered, OtherFilter
from filo.operational.caldav.icalendar.lines import read_calendar
from filo.operational.caldav.icalendar.times import FIRST_YEAR, LAST_YEAR, when_of
from filo.operational.caldav.places import APPOINTMENTS, object_of, place_of_href
from filo.operational.caldav.properties import Known, response
from filo.operational.caldav.queries import Listed, changes_since, fetched, fetched_between, listed
from filo.operational.caldav.xml import Element, cal, dav, gone, multistatus

MOST_PROPERTIES, MOST_ADDRESSES = 100, 5_000


@dataclass(frozen=True)
class Stretch:
    """From when to when; None: open."""

    since: datetime | None = None
    until: datetime | None = None


def asked_properties(root: Element | None) -> list[str] | None:
    """The names in a body; None: all. Raises `BadRequest`."""
    inside = root.find(dav("prop")) if root is not None else None
    if inside is None:
        return None
    if len(inside) > MOST_PROPERTIES:
        raise BadRequest
    return [str(one.tag) for one in inside]


def report(known: Known, root: Element | None) -> bytes:
    """The answer to a report about a calendar. Raises `NotAnswered`, `BadRequest`, `Refused`."""
    if root is None or known.place.kind != "calendar":
        raise NotAnswered
    asked = asked_properties(root) or [dav("getetag")]
    if root.tag == cal("calendar-multiget"):
        return multistatus(_multiget(known, root, asked))
    if root.tag == cal("calendar-query"):
        return multistatus(_found(known, one, asked) for one in _query(known, root.find(cal("filter"))))
    if root.tag == dav("sync-collection") and known.place.calendar == APPOINTMENTS:
        return _changes(known, root, asked)
    raise NotAnswered


def _found(known: Known, one: Listed, asked: Collection[str]) -> Element:
    place = object_of(known.principal, known.place.calendar, one.name)
    return response(replace(known, place=place, listed=one), asked)


def _files(known: Known, asked: Collection[str], names: Collection[str] | None) -> list[Listed]:
    read = fetched if cal("calendar-data") in asked else listed
    return read(known.principal, known.place.calendar, names)


def _multiget(known: Known, root: Element, asked: Collection[str]) -> Iterable[Element]:
    addresses = [str(one.text or "") for one in root.findall(dav("href"))]
    if len(addresses) > MOST_ADDRESSES:
        raise BadRequest
    places = {address: place_of_href(known.principal, address) for address in addresses}
    here = {p.name for p in places.values() if p and p.kind == "object" and p.calendar == known.place.calendar}
    there = {one.name: one for one in _files(known, asked, here)}
    for address, place in places.items():
        known_here = place and place.calendar == known.place.calendar and there.get(place.name)
        yield _found(known, known_here, asked) if known_here else gone(address.strip())


def _changes(known: Known, root: Element, asked: Collection[str]) -> bytes:
    changes = changes_since(known.principal, (root.findtext(dav("sync-token")) or "").strip())
    there = {one.name: one for one in changes.changed}
    files = _files(known, asked, there) if cal("calendar-data") in asked else there.values()
    lost = [gone(object_of(known.principal, known.place.calendar, name).href) for name in changes.gone]
    return multistatus([*(_found(known, one, asked) for one in files), *lost], token=changes.token)


# --- calendar-query ---------------------------------------------------------------------------------------------


def _query(known: Known, asked: Element | None) -> list[Listed]:
    whole = asked.find(cal("comp-filter")) if asked is not None else None
    if whole is None or whole.get("name", "").upper() != "VCALENDAR":
        raise OtherFilter
    inner = [one for one in whole if one.tag == cal("comp-filter")]
    if any(one.tag not in (cal("comp-filter"), cal("prop-filter")) for one in whole) or len(inner) > 1:
        raise OtherFilter
    if not inner:
        return fetched(known.principal, known.place.calendar)
    if inner[0].get("name", "").upper() != "VEVENT":
        return []
    return _events(known, inner[0])


def _events(known: Known, asked: Element) -> list[Listed]:
    if asked.find(cal("is-not-defined")) is not None or asked.find(cal("comp-filter")) is not None:
        raise OtherFilter
    stretch = _stretch(asked.find(cal("time-range")))
    if stretch is None:
        found = fetched(known.principal, known.place.calendar)
    else:
        found = fetched_between(known.principal, known.place.calendar, stretch.since, stretch.until)
    filters = asked.findall(cal("prop-filter"))
    return [one for one in found if all(_fits(one.text, each) for each in filters)]


def _stretch(asked: Element | None) -> Stretch | None:
    if asked is None:
        return None
    since, until = asked.get("start"), asked.get("end")
    return Stretch(_moment(since), _moment(until))


def _moment(text: str | None) -> datetime | None:
    """None: open, as is what lies beyond every calendar."""
    if text is None or (text[:4].isdigit() and not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR):
        return None
    return when_of(text.strip()).moment(ZoneInfo("UTC"))


def _fits(text: str, asked: Element) -> bool:
    """Whether an event of a file has such a property."""
    name, events = asked.get("name", "").upper(), read_calendar(text.encode()).named("VEVENT")
    there = [line.text for event in events for line in event.each(name)]
    for one in asked:
        if one.tag == cal("is-not-defined"):
            return not there
        if one.tag != cal("text-match"):
            raise OtherFilter
    wanted = asked.find(cal("text-match"))
    if wanted is None:
        return bool(there)
    fits = any(str(wanted.text or "").casefold() in value.casefold() for value in there)
    return fits != (wanted.get("negate-condition") == "yes")


def object_at(known: Known) -> Listed:
    """The file at an address. Raises `NotFound`."""
    found = fetched(known.principal, known.place.calendar, [known.place.name])
    if known.place.kind != "object" or not found:
        raise NotFound
    return found[0]


def below(known: Known) -> list[Known]:
    """What stands in a calendar, by names."""
    calendar = known.place.calendar
    return [
        replace(known, place=object_of(known.principal, calendar, one.name), listed=one)
        for one in listed(known.principal, calendar)
    ]
