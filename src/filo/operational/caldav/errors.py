"""Refusals that only programs of calendars hear: a condition by its name in the RFCs, and a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import BadRequest, DomainError

DAV, CALDAV = "DAV:", "urn:ietf:params:xml:ns:caldav"


class Refused(DomainError):
    """What was sent cannot be kept. `condition`: its name in the RFCs, with its namespace."""

    code, status = "not-kept", 403
    condition = f"{{{CALDAV}}}valid-calendar-object-resource"


class NotExpressible(Refused):
    """A series that Filo has no words for."""

    code = "recurrence-not-kept"
    sentence = _(
        "Filo keeps what comes again daily, weekly on some weekdays, monthly or yearly on its day. "
        "It cannot keep this one."
    )


class NoCalendar(Refused):
    """It is no iCalendar."""

    code = "no-calendar"
    condition = f"{{{CALDAV}}}valid-calendar-data"
    sentence = _("This is not an appointment as calendars write it.")


class OtherThing(Refused):
    """A task, a journal: not an appointment."""

    code = "no-appointment"
    condition = f"{{{CALDAV}}}supported-calendar-component"
    sentence = _("Only appointments are kept here. Tasks are written in Filo.")


class SameUid(Refused):
    """Another appointment has this UID already."""

    code = "uid-is-taken"
    condition = f"{{{CALDAV}}}no-uid-conflict"
    sentence = _("This appointment is in the calendar already, under another name.")


class TooLong(Refused):
    """More than an appointment may hold."""

    code, status = "too-long", 413
    condition = f"{{{CALDAV}}}max-resource-size"
    sentence = _("This is more than an appointment may hold.")


class OtherFilter(Refused):
    """A question that is not answered."""

    code = "filter-not-known"
    condition = f"{{{CALDAV}}}supported-filter"
    sentence = _("This cannot be asked here.")


class NotAnswered(Refused):
    """A report that does not exist here."""

    code = "report-not-known"
    condition = f"{{{DAV}}}supported-report"
    sentence = _("This cannot be asked here.")


class UnknownToken(Refused):
    """Changes since something that never was."""

    code = "unknown-token"
    condition = f"{{{DAV}}}valid-sync-token"
    sentence = _("What changed since then is not known any more: read the calendar anew.")


class NotByDepth(Refused):
    """Everything below at once."""

    code = "infinite-depth"
    condition = f"{{{DAV}}}propfind-finite-depth"
    sentence = _("Ask for one level at a time.")


class OnlyRead(Refused):
    """A calendar that is shown, and changed elsewhere."""

    code = "only-read"
    condition = f"{{{DAV}}}need-privileges"
    sentence = _("This calendar is only read. What stands in it is changed in Filo.")


class ChangedMeanwhile(DomainError):
    """What the program had read is not what is there (If-Match, If-None-Match)."""

    code, status = "changed-meanwhile", 412
    sentence = _("Somebody else changed this meanwhile. Nothing was overwritten: read it again.")


class UnsafeXml(BadRequest):
    """XML that brings entities or a type of its own."""

    code = "unsafe-xml"
    sentence = _("XML with a document type is not read.")
