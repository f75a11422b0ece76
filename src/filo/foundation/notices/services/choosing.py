"""What somebody wants to be told by mail and in browsers, when it shall be quiet, how often a digest comes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.notices.hours import MORNING, next_digest
from filo.foundation.notices.kinds import kinds
from filo.foundation.notices.models import DIGESTS, EVERY_DAY, NoticeChoice, NoticeRhythm
from filo.foundation.notices.policies import require_self
from filo.foundation.notices.services.workdays import working_days


def choose(
    principal: Principal,
    *,
    by_mail: Collection[str],
    by_browser: Collection[str],
    quiet_from: time | None,
    quiet_until: time | None,
    quiet_days: Collection[int],
    digest: str,
    digest_time: time = MORNING,
) -> None:
    """Set all of it for oneself. Raises `Forbidden`, `InvalidFields`."""
    person = require_self(principal)
    _check(quiet_from, quiet_until, quiet_days, digest)
    zone = ZoneInfo(principal.time_zone)
    with transaction.atomic():
        NoticeRhythm.objects.update_or_create(
            person_id=person,
            defaults={
                "quiet_from": quiet_from,
                "quiet_until": quiet_until,
                "quiet_days": sorted(set(quiet_days)),
                "digest": digest,
                "digest_time": digest_time,
                "digest_at": next_digest(digest, clock.now(), zone, at=digest_time, works=working_days()),
            },
        )
        _keep(person, set(by_mail), set(by_browser))


def _keep(person: UUID, by_mail: set[str], by_browser: set[str]) -> None:
    rows = [
        NoticeChoice(person_id=person, kind=code, by_mail=code in by_mail, by_browser=code in by_browser)
        for code in (kind.code for kind in kinds())
    ]
    NoticeChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person", "kind"], update_fields=["by_mail", "by_browser"]
    )


def _check(quiet_from: time | None, quiet_until: time | None, days: Collection[int], digest: str) -> None:
    problems: dict[str, Sentence] = {}
    if (quiet_from is None) != (quiet_until is None):
        missing = "quiet_until" if quiet_until is None else "quiet_from"
        problems[missing] = _("Quiet hours have a beginning and an end.")
    if not set(days) <= set(EVERY_DAY):
        problems["quiet_days"] = _("Choose days of the week.")
    if digest not in dict(DIGESTS):
        problems["digest"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(DIGESTS))}
    if problems:
        raise InvalidFields(problems)
