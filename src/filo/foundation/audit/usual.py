"""Words for acts, fields and values of which no topic has said how they read: never a bare code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from filo.foundation.web.templatetags.web import full_day

# By the last word of `kind.verb`.
ACTS: Mapping[str, str | Promise] = {
    "add": pgettext_lazy("an act", "Added"),
    "make": pgettext_lazy("an act", "Added"),
    "edit": pgettext_lazy("an act", "Changed"),
    "change": pgettext_lazy("an act", "Changed"),
    "move": pgettext_lazy("an act", "Changed"),
    "switch": pgettext_lazy("an act", "Switched on or off"),
    "roll-secret": pgettext_lazy("an act", "New secret"),
    "delete": pgettext_lazy("an act", "Removed"),
    "remove": pgettext_lazy("an act", "Removed"),
    "restore": pgettext_lazy("an act", "Brought back"),
    "bring-back": pgettext_lazy("an act", "Brought back"),
    "bring-again": pgettext_lazy("an act", "Brought back"),
    "retire": pgettext_lazy("an act", "Taken out of use"),
    "disable": pgettext_lazy("an act", "Switched off"),
    "keep": pgettext_lazy("an act", "Kept"),
    "keep-mapping": pgettext_lazy("an act", "Kept"),
    "log": pgettext_lazy("an act", "Logged"),
    "load": pgettext_lazy("an act", "Loaded"),
    "do": pgettext_lazy("an act", "Done"),
    "reopen": pgettext_lazy("an act", "Opened again"),
    "prepare": pgettext_lazy("an act", "Prepared"),
    "start": pgettext_lazy("an act", "Started"),
    "run-now": pgettext_lazy("an act", "Started"),
    "start-again": pgettext_lazy("an act", "Started again"),
    "send-again": pgettext_lazy("an act", "Sent again"),
    "deliver-again": pgettext_lazy("an act", "Sent again"),
    "replay": pgettext_lazy("an act", "Sent again"),
    "cancel": pgettext_lazy("an act", "Cancelled"),
    "drop": pgettext_lazy("an act", "Given up"),
    "fail": pgettext_lazy("an act", "Failed"),
    "correct": pgettext_lazy("an act", "Corrected"),
    "take-back": pgettext_lazy("an act", "Taken back"),
    "take-back-drop": pgettext_lazy("an act", "Taken back"),
    "place": pgettext_lazy("an act", "Placed"),
    "lift": pgettext_lazy("an act", "Lifted"),
    "apply": pgettext_lazy("an act", "Carried out"),
    "export": pgettext_lazy("an act", "Taken out as a file"),
    "second-factor": gettext_lazy("Second factor"),
    "second-factor-reset": gettext_lazy("Second factor taken away"),
}
FIELDS: Mapping[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "name_it": gettext_lazy("Name in Italian"),
    "name_en": gettext_lazy("Name in English"),
    "label_it": gettext_lazy("Name in Italian"),
    "label_en": gettext_lazy("Name in English"),
    "legal_name": gettext_lazy("Legal name"),
    "vat_number": gettext_lazy("VAT number"),
    "title": pgettext_lazy("of a task", "Title"),
    "code": gettext_lazy("Code"),
    "kind": gettext_lazy("Kind"),
    "hint": gettext_lazy("Hint"),
    "required": gettext_lazy("Required"),
    "choices": gettext_lazy("Choices"),
    "currency": gettext_lazy("Currency"),
    "description": gettext_lazy("Description"),
    "url": gettext_lazy("Address"),
    "types": gettext_lazy("Events"),
    "state": gettext_lazy("State"),
    "place": gettext_lazy("Position"),
    "step": gettext_lazy("Step"),
    "since": gettext_lazy("Since"),
    "until": gettext_lazy("Until"),
    "reason": gettext_lazy("Reason"),
    "rows": gettext_lazy("Rows"),
    "customers": gettext_lazy("Customers"),
    "party": gettext_lazy("Customer"),
    "person": gettext_lazy("Person"),
    "email": gettext_lazy("E-mail"),
    "role": gettext_lazy("Role"),
    "unit": gettext_lazy("Unit"),
    "parent": gettext_lazy("Belongs to"),
    "company": gettext_lazy("Company"),
    "default_unit": gettext_lazy("Usual unit"),
    "area": gettext_lazy("Area"),
    "channel": gettext_lazy("Channel"),
    "grants": gettext_lazy("Rights"),
    "masks": gettext_lazy("Hidden fields"),
    "second_factor_days": gettext_lazy("Second factor, days to set it up"),
    "audience": gettext_lazy("Who has it"),
    "form": gettext_lazy("Kind of file"),
    "door": gettext_lazy("From where"),
    "active": gettext_lazy("In use"),
    "is_active": gettext_lazy("In use"),
    "retired_at": gettext_lazy("Out of use since"),
    "days": gettext_lazy("Days"),
    "months": gettext_lazy("Months"),
    "file": gettext_lazy("File"),
}


def act_words(action: str) -> str:
    """What `kind.verb` is called when its topic says nothing."""
    verb = action.rpartition(".")[2]
    return str(ACTS[verb]) if verb in ACTS else verb.replace("-", " ").capitalize()


def field_words(name: str) -> str:
    """What a field is called when its topic says nothing."""
    return str(FIELDS[name]) if name in FIELDS else name.removesuffix("_id").replace("_", " ").capitalize()


def value_words(value: Any) -> str:
    """A kept value: yes or no, a day, a list; of something else's id only that there is one."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", [], {}):
        return _("empty")
    if value == ["*"]:
        return pgettext("of a list of things", "all")
    if isinstance(value, list):
        return ", ".join(value_words(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{field_words(str(name))}: {value_words(one)}" for name, one in value.items())
    return _of_text(str(value))


def number_value(value: Any, write: Callable[[Decimal], str]) -> str:
    """A kept number as `write` writes it; what is none reads as other values do."""
    try:
        return write(Decimal(str(value)))
    except InvalidOperation:
        return value_words(value)


def _of_text(text: str) -> str:
    """Moments and days are kept as ISO text, things by their id."""
    if is_id(text):
        return _("something else")
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return full_day(read(text)) if "-" in text else text
        except ValueError:
            continue
    return text


def is_id(text: str) -> bool:
    """Whether a text is the id of something."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
