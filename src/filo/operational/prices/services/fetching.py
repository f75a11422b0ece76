"""Rates of exchange are fetched each day from the address that the firm named; without one nobody is called."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.accounts.queries import people_who_govern
from filo.foundation.audit.services import record
from filo.foundation.egress import EgressRefused, call, check_url
from filo.foundation.errors import DomainError, InvalidFields, Stale
from filo.foundation.ids import uuid7
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.services import enqueue
from filo.foundation.notices.services.telling import notify
from filo.operational.prices.ecb import Told, read_rates
from filo.operational.prices.models import RateSource
from filo.operational.prices.reckoned import version_of
from filo.operational.prices.services.rates import keep_rates
from filo.operational.prices.telling import FAILED

MOST_BYTES = 8 * 1024 * 1024
OK = 200


class NotFetched(DomainError):
    """The other side answered, but not with rates."""

    code, status = "rates-not-fetched", 502


def save_source(principal: Principal, url: str, *, at_once: bool = False, version: int | None = None) -> RateSource:
    """Say where rates are fetched from each day; an empty address ends it. `version`: of the address that was read.

    Raises `Forbidden`, `InvalidFields`, `Stale`.
    """
    principal.require("settings", "edit")
    url = url.strip()
    if url:
        try:
            check_url(url)
        except EgressRefused as refusal:
            raise InvalidFields({"url": str(refusal)}) from None
    with transaction.atomic():
        RateSource.objects.get_or_create(pk=1)
        locked = RateSource.objects.select_for_update().get(pk=1)
        if version is not None and version != version_of(locked.url):
            raise Stale({"url": (locked.url, url)}, version=version_of(locked.url))
        if locked.url != url:
            record(
                principal,
                "exchange-rate.source",
                kind="exchange-rate",
                object_id=uuid7(),
                changes={"url": (locked.url, url)},
            )
            locked.url, locked.failures, locked.failed_because = url, 0, ""
            locked.save()
        if at_once and url:
            fetch_now(principal)
    return locked


def fetch_now(principal: Principal) -> Job:
    """Have rates fetched at once from the address that was said. Raises `Forbidden`, `DomainError` where none was."""
    principal.require("settings", "edit")
    if not RateSource.objects.exclude(url="").exists():
        raise DomainError(_("Say first where rates are fetched from."), code="no-rate-source")
    return enqueue("prices.fetch_rates", principal=principal)


def fetch_rates() -> int:
    """Take in what the named address tells today; gives how many rates are new or others, 0 where none is named.

    That it does not work is no failure of the program: it is kept, and whoever governs the firm is told at the first
    time; the rates that are known stay.
    """
    source = RateSource.objects.first()
    if source is None or not source.url:
        return 0
    try:
        told = _asked(source.url)
    except InvalidFields as refusal:
        _failed(source, str(next(iter(refusal.fields.values()))[0]))
        return 0
    except DomainError as refusal:
        _failed(source, str(refusal))
        return 0
    found = keep_rates(system("rates"), told, source="ECB")
    RateSource.objects.filter(pk=source.pk).update(asked_at=clock.now(), failures=0, failed_because="")
    return found.created + found.changed


def _asked(url: str) -> list[Told]:
    answer = call("GET", url, most_bytes=MOST_BYTES)
    if answer.status != OK:
        raise NotFetched(_("The address answered with the status %(status)s.") % {"status": answer.status})
    if not answer.is_whole:
        raise NotFetched(_("What the address answered is too large to be a file of rates."))
    return read_rates(answer.body)


def _failed(source: RateSource, because: str) -> None:
    with transaction.atomic():
        locked = RateSource.objects.select_for_update().get(pk=source.pk)
        locked.asked_at, locked.failures, locked.failed_because = clock.now(), locked.failures + 1, because[:300]
        locked.save()
        if locked.failures == 1:
            notify(FAILED, people_who_govern(), data={"because": because[:300]}, url="/settings/prices")
