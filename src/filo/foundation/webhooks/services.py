"""Verbs about webhooks: add, change, pause, roll the secret, take away, try out, send again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Changes, record
from filo.foundation.egress import EgressRefused, check_url, is_allowed
from filo.foundation.errors import DomainError, InvalidFields, NotFound, Stale
from filo.foundation.events.base import DomainEvent
from filo.foundation.events.retention import KEPT_DAYS
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.ids import uuid7
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.services import enqueue
from filo.foundation.webhooks import events
from filo.foundation.webhooks.collecting import anew, wake_after_commit
from filo.foundation.webhooks.models import OPEN, EndpointState, WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.patterns import checked
from filo.foundation.webhooks.signing import new_secret, sealed

MOST_ENDPOINTS = 100
BOTH_SECRETS_FOR = timedelta(hours=24)
REPLAY_JOB = "webhooks.replay"
TEST_TYPE = "webhook.test"


def add_endpoint(
    principal: Principal, *, url: str, types: Sequence[str], description: str = ""
) -> tuple[WebhookEndpoint, str]:
    """An address that is told of events from now on, and its secret, which is shown only now.

    Raises `Forbidden`, `InvalidFields`, and `DomainError` when there are too many.
    """
    principal.require("webhook", "create")
    facts = _facts(url=url, types=types, description=description)
    secret = new_secret()
    with transaction.atomic():
        if WebhookEndpoint.objects.filter(deleted_at=None).count() >= MOST_ENDPOINTS:
            raise DomainError(_("There are a hundred webhooks already. Delete one first."), code="too-many-webhooks")
        endpoint = WebhookEndpoint.objects.create(
            **facts, sealed_secret=sealed(secret), created_by_id=principal.user_id, created_at=clock.now()
        )
        changes = {name: (None, value) for name, value in facts.items()}
        _tell(principal, endpoint, "add", changes, events.WebhookAdded(webhook=endpoint.id))
    return endpoint, secret


def edit_endpoint(
    principal: Principal, endpoint: WebhookEndpoint, *, version: int | None, **sent: Any
) -> WebhookEndpoint:
    """Change url, types or description. Raises `Forbidden`, `InvalidFields`, `Stale`, `NotFound`."""
    principal.require("webhook", "edit")
    wanted = _facts(**sent)
    with transaction.atomic():
        locked = _locked(endpoint)
        changes = {name: (getattr(locked, name), value) for name, value in wanted.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if version is not None and version != locked.version:
            raise Stale(changes, version=locked.version)
        if changes:
            if "url" in changes:  # another address has no past
                wanted |= {"failures": 0, "failing_since": None, "rests_until": None, "recent": ""}
            _write(locked, wanted)
            _tell(principal, locked, "edit", changes, events.WebhookEdited(webhook=locked.id))
    return locked


def pause_endpoint(principal: Principal, endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """Send nothing for now; events are kept for it. Raises `Forbidden`, `NotFound`."""
    return _switch(principal, endpoint, EndpointState.PAUSED)


def resume_endpoint(principal: Principal, endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """Send again, first what has waited. Raises `Forbidden`, `NotFound`."""
    return _switch(principal, endpoint, EndpointState.ACTIVE)


def roll_secret(principal: Principal, endpoint: WebhookEndpoint) -> tuple[WebhookEndpoint, str]:
    """A new secret, shown only now; for a day everything is signed with the former one too.

    Raises `Forbidden`, `NotFound`.
    """
    principal.require("webhook", "edit")
    secret = new_secret()
    with transaction.atomic():
        locked = _locked(endpoint)
        until = clock.now() + BOTH_SECRETS_FOR
        former = {"former_secret": locked.sealed_secret, "former_until": until}
        _write(locked, {"sealed_secret": sealed(secret), **former})
        _tell(principal, locked, "roll-secret", {}, events.WebhookEdited(webhook=locked.id))
    return locked, secret


def delete_endpoint(principal: Principal, endpoint: WebhookEndpoint) -> None:
    """Take it away; for thirty days it can be brought back. Raises `Forbidden`, `NotFound`."""
    principal.require("webhook", "delete")
    with transaction.atomic():
        locked = _locked(endpoint)
        _write(locked, {"deleted_at": clock.now()})
        _tell(principal, locked, "delete", {"url": (locked.url, None)}, events.WebhookDeleted(webhook=locked.id))


def restore_endpoint(principal: Principal, endpoint_id: object) -> WebhookEndpoint:
    """Bring back what was taken away. Raises `Forbidden`, `NotFound`."""
    principal.require("webhook", "delete")
    with transaction.atomic():
        found = WebhookEndpoint.objects.select_for_update().filter(pk=str(endpoint_id)).first()
        if found is None:
            raise NotFound
        if found.deleted_at is not None:
            _write(found, {"deleted_at": None})
            _tell(principal, found, "restore", {"url": (None, found.url)}, events.WebhookRestored(webhook=found.id))
            wake_after_commit()
    return found


def send_test(principal: Principal, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """Try the address out with an event that tells of nothing, once, whatever its state.

    Raises `Forbidden`, `NotFound`.
    """
    principal.require("webhook", "edit")
    moment, event_id = clock.now(), uuid7()
    body = {
        "specversion": "1.0",
        "id": str(event_id),
        "source": settings.SITE_URL,
        "type": TEST_TYPE,
        "subject": str(endpoint.pk),
        "time": moment.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": {"webhook": str(endpoint.pk)},
    }
    with transaction.atomic():
        made = WebhookDelivery.objects.create(
            endpoint=_locked(endpoint),
            event_id=event_id,
            type=TEST_TYPE,
            subject=event_id,
            next_at=moment,
            created_at=moment,
            body=body,
        )
        wake_after_commit()
    return made


def send_again(principal: Principal, delivery: WebhookDelivery) -> WebhookDelivery:
    """Send one delivery once more, at once, with all its attempts before it. Raises `Forbidden`, `NotFound`."""
    principal.require("webhook", "edit")
    with transaction.atomic():
        endpoint = _locked(delivery.endpoint)
        locked = WebhookDelivery.objects.select_for_update().get(pk=delivery.pk)
        for name, value in anew(clock.now()).items():
            setattr(locked, name, value)
        locked.save()
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(rests_until=None)
        record(principal, "webhook.send-again", kind="webhook", object_id=endpoint.id)
        wake_after_commit()
    return locked


def replay(principal: Principal, endpoint: WebhookEndpoint, *, since: datetime) -> Job:
    """Have everything since a moment sent again, by a job. Raises `Forbidden`, `NotFound`, `InvalidFields`."""
    principal.require("webhook", "edit")
    moment = clock.now()
    if since > moment:
        raise InvalidFields({"since": _("This moment is still to come.")})
    if since < moment - timedelta(days=KEPT_DAYS):
        raise InvalidFields({"since": _("Events are kept for %(days)s days.") % {"days": KEPT_DAYS}})
    with transaction.atomic():
        locked = _locked(endpoint)
        if locked.state == EndpointState.DISABLED:
            raise DomainError(_("This webhook is switched off. Resume it first."), code="webhook-disabled")
        record(principal, "webhook.replay", kind="webhook", object_id=locked.id, changes={"since": (None, since)})
        return enqueue(REPLAY_JOB, principal=principal, endpoint=str(locked.id), since=since.isoformat())


def _switch(principal: Principal, endpoint: WebhookEndpoint, state: EndpointState) -> WebhookEndpoint:
    principal.require("webhook", "edit")
    with transaction.atomic():
        locked = _locked(endpoint)
        if locked.state == state:
            return locked
        before = locked.state
        fresh = {"failures": 0, "failing_since": None, "rests_until": None, "disabled_because": ""}
        _write(locked, {"state": state, **fresh})
        WebhookDelivery.objects.filter(endpoint=locked, state__in=OPEN).update(next_at=clock.now())
        _tell(principal, locked, "switch", {"state": (before, state)}, events.WebhookEdited(webhook=locked.id))
        wake_after_commit()
    return locked


def _facts(**sent: Any) -> dict[str, Any]:
    """What was sent, checked and clean. Raises `InvalidFields`."""
    found = dict(sent)
    if "url" in sent:
        found["url"] = _checked_url(sent["url"].strip())
    if "types" in sent:
        found["types"] = checked("types", sent["types"])
    if "description" in sent:
        found["description"] = clean_line(sent["description"], max_length=200)
    return found


def _checked_url(url: str) -> str:
    """An address that by its writing can be called; a number is judged now, a name at every call."""
    try:
        host = check_url(url).host
    except EgressRefused as refusal:
        raise InvalidFields({"url": refusal.sentence}) from None
    try:
        is_private = not is_allowed(ip_address(host))
    except ValueError:
        is_private = False
    if is_private:
        raise InvalidFields({"url": EgressRefused("private").sentence})
    return url


def _locked(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    found = WebhookEndpoint.objects.select_for_update().filter(pk=endpoint.pk, deleted_at=None).first()
    if found is None:
        raise NotFound
    return found


def _write(endpoint: WebhookEndpoint, wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(endpoint, name, value)
    endpoint.version += 1
    endpoint.save(update_fields=[*wanted, "version"])


def _tell(principal: Principal, endpoint: WebhookEndpoint, verb: str, changes: Changes, event: DomainEvent) -> None:
    record(principal, f"webhook.{verb}", kind="webhook", object_id=endpoint.id, changes=changes)
    announce(principal, event)
