"""What WebDAV asks of things: their properties, reckoned when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.operational.caldav.places import APPOINTMENTS, OTHERS, ROOT, Place, calendar_of, home_of, person_of
from filo.operational.caldav.queries import Listed, tag_of, token_now
from filo.operational.caldav.xml import APPLE, CALENDAR_SERVER, Element, about, cal, dav, href, made

LARGEST = 256 * 1024  # bytes of one appointment
COLOURS = {APPOINTMENTS: "#D9482BFF", OTHERS: "#8A8A8AFF"}
TAKE_LONG = (cal("calendar-data"), f"{{{CALENDAR_SERVER}}}getctag")
Value = list[Element] | str


@dataclass(frozen=True)
class Known:
    """A thing at an address: who asks for it, under which e-mail, and its name and ETag if it stands in a calendar."""

    principal: Principal
    email: str
    place: Place
    listed: Listed | None = None


Reckon = Callable[[Known], Value]


def response(known: Known, asked: Collection[str] | None) -> Element:
    """What is asked of a thing; None: all that it has, but for what takes long."""
    there = _there(known)
    wanted = [name for name in there if name not in TAKE_LONG] if asked is None else asked
    return about(known.place.href, wanted, {name: there[name](known) for name in wanted if name in there})


def names(known: Known) -> Element:
    """The names of what it has."""
    there: Mapping[str, Value] = dict.fromkeys(_there(known), "")
    return about(known.place.href, None, there)


def _there(known: Known) -> Mapping[str, Reckon]:
    place = known.place
    if known.listed and known.listed.text:
        return _PROPERTIES["object"] | {cal("calendar-data"): lambda known: _listed(known).text}
    if place.calendar == APPOINTMENTS and place.kind == "calendar":
        return _PROPERTIES["calendar"] | {dav("sync-token"): lambda known: token_now(known.principal)}
    return _PROPERTIES[place.kind]


def calendar_name(calendar: str, person: str) -> str:
    """What a calendar is called in other programs."""
    if calendar == APPOINTMENTS:
        return _("Filo: %(name)s") % {"name": person}
    return _("Filo: tasks and what else is due")


def writes(known: Known) -> bool:
    """Whether who asks may change what stands there."""
    return known.place.calendar == APPOINTMENTS and known.principal.may("task", "edit")


def _privileges(known: Known) -> Value:
    allowed = ["read", "read-current-user-privilege-set"]
    allowed += ["write", "write-content", "bind", "unbind"] if writes(known) else []
    return [made(dav("privilege"), made(dav(name))) for name in allowed]


def _reports(known: Known) -> Value:
    found = [cal("calendar-multiget"), cal("calendar-query")]
    found += [dav("sync-collection")] if known.place.calendar == APPOINTMENTS else []
    return [made(dav("supported-report"), made(dav("report"), made(name))) for name in found]


def _listed(known: Known) -> Listed:
    return known.listed or Listed("", '""')


_EVERYWHERE: dict[str, Reckon] = {
    dav("current-user-principal"): lambda known: [href(person_of(known.principal).href)],
    dav("principal-collection-set"): lambda _known: [href(ROOT)],
    dav("owner"): lambda known: [href(person_of(known.principal).href)],
    dav("current-user-privilege-set"): _privileges,
}
_COLLECTION: dict[str, Reckon] = {dav("resourcetype"): lambda _known: [made(dav("collection"))]}
_PERSON: dict[str, Reckon] = {
    dav("resourcetype"): lambda _known: [made(dav("principal")), made(dav("collection"))],
    dav("displayname"): lambda known: known.principal.name,
    dav("principal-URL"): lambda known: [href(known.place.href)],
    cal("calendar-home-set"): lambda known: [href(home_of(known.principal).href)],
    cal("calendar-user-address-set"): lambda known: [href(f"mailto:{known.email}"), href(known.place.href)],
    cal("calendar-user-type"): lambda _known: "INDIVIDUAL",
}
_CALENDAR: dict[str, Reckon] = {
    dav("resourcetype"): lambda _known: [made(dav("collection")), made(cal("calendar"))],
    dav("displayname"): lambda known: calendar_name(known.place.calendar, known.principal.name),
    dav("supported-report-set"): _reports,
    cal("supported-calendar-component-set"): lambda _known: [made(cal("comp"), name="VEVENT")],
    cal("supported-calendar-data"): lambda _known: [
        made(cal("calendar-data"), **{"content-type": "text/calendar", "version": "2.0"})
    ],
    cal("max-resource-size"): lambda _known: str(LARGEST),
    f"{{{CALENDAR_SERVER}}}getctag": lambda known: tag_of(known.principal, known.place.calendar),
    f"{{{APPLE}}}calendar-color": lambda known: COLOURS[known.place.calendar],
}
_OBJECT: dict[str, Reckon] = {
    dav("resourcetype"): lambda _known: [],
    dav("getetag"): lambda known: _listed(known).etag,
    dav("getcontenttype"): lambda _known: "text/calendar; charset=utf-8; component=vevent",
}
_PROPERTIES: dict[str, dict[str, Reckon]] = {
    "root": _EVERYWHERE | _COLLECTION,
    "person": _EVERYWHERE | _PERSON,
    "home": _EVERYWHERE | _COLLECTION,
    "calendar": _EVERYWHERE | _CALENDAR,
    "object": _EVERYWHERE | _OBJECT,
}


def children(known: Known) -> list[Place]:
    """What stands below a thing, but for what stands in a calendar."""
    mine = known.principal
    if known.place.kind == "root":
        return [person_of(mine), home_of(mine)]
    return [calendar_of(mine, code) for code in (APPOINTMENTS, OTHERS)] if known.place.kind == "home" else []
