"""The verb about the firm as a whole: change its name, scheme, language, time zone."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.organisation.events import FIRM_ID, FirmEdited
from filo.foundation.organisation.models import SCHEMES, Firm
from filo.foundation.organisation.saving import changes_of, store


def edit_firm(
    principal: Principal, *, version: int, name: str, visibility_scheme: str, language: str, time_zone: str
) -> Firm:
    """Change the firm; another scheme holds from everybody's next request on.

    Raises `Forbidden`, `InvalidFields`, and `Stale` when somebody saved first.
    """
    principal.require("settings", "edit")
    wanted = {
        "name": clean_line(name, max_length=120),
        "visibility_scheme": visibility_scheme,
        "language": language,
        "time_zone": time_zone,
    }
    _check_firm(wanted)
    with transaction.atomic():
        firm = Firm.objects.select_for_update().first()
        if firm is None:
            raise NotFound
        changes = changes_of(firm, wanted, version)
        if changes:
            store(firm, wanted)
            record(principal, "firm.edit", kind="firm", object_id=FIRM_ID, changes=changes)
            announce(principal, FirmEdited())
    return firm


def _check_firm(wanted: Mapping[str, str]) -> None:
    wrong = {}
    if not wanted["name"]:
        wrong["name"] = _("A firm needs a name.")
    if wanted["visibility_scheme"] not in dict(SCHEMES):
        wrong["visibility_scheme"] = _("There is no such scheme.")
    if wanted["language"] not in dict(settings.LANGUAGES):
        wrong["language"] = _("Filo does not speak this language.")
    if wanted["time_zone"] not in available_timezones():
        wrong["time_zone"] = _("There is no such time zone. Write it as Europe/Rome.")
    if wrong:
        raise InvalidFields(wrong)
