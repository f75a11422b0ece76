"""The browsers in which somebody wants to be told: allowed by him, taken back by him, and told by jobs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.jobs.errors import TryAgain
from filo.foundation.jobs.services import enqueue
from filo.foundation.notices.models import Browser, Notice
from filo.foundation.notices.policies import require_self
from filo.foundation.notices.queries import told
from filo.foundation.notices.services.letters import PEOPLE_AT_ONCE, quiet_until
from filo.foundation.notices.webpush.encryption import BadKeys, keys_read
from filo.foundation.notices.webpush.sending import Outcome, is_endpoint, push

MOST_BROWSERS = 20
MOST_AT_ONCE = 100
LONGEST_LINE = 300


def allow_browser(principal: Principal, *, endpoint: str, p256dh: str, auth: str, label: str) -> Browser:
    """Tell oneself in this browser from now on; whoever used it before is told there no more.

    endpoint, p256dh, auth: as the browser gave them. Raises `Forbidden`, `InvalidFields`.
    """
    person = require_self(principal)
    _check(endpoint, p256dh, auth)
    facts = {"person_id": person, "p256dh": p256dh, "auth": auth, "label": label[:80], "at": clock.now()}
    with transaction.atomic():
        browser, _made = Browser.objects.update_or_create(endpoint=endpoint, defaults=facts)
        kept = Browser.objects.filter(person=person).order_by("-at", "-id").values_list("pk", flat=True)
        Browser.objects.filter(pk__in=list(kept[MOST_BROWSERS:])).delete()
    return browser


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    problems = {}
    if len(endpoint) > 1000 or not is_endpoint(endpoint):
        problems["endpoint"] = _("This is not the address of a push service: it begins with https://.")
    try:
        keys_read(p256dh, auth)
    except BadKeys:
        problems["p256dh"] = _("These are not the keys of a browser.")
    if problems:
        raise InvalidFields(problems)


def forget_browser(principal: Principal, browser_id: UUID) -> None:
    """No notices in this browser any more. Raises `Forbidden`, `NotFound`."""
    person = require_self(principal)
    if not Browser.objects.filter(pk=browser_id, person=person).delete()[0]:
        raise NotFound


def push_due() -> int:
    """Hand what browsers are to show by now to one job a browser; gives how many."""
    due = Notice.objects.filter(push_at__lte=clock.now()).order_by()
    people = list(due.values_list("person", flat=True).distinct()[:PEOPLE_AT_ONCE])
    return sum(hand_out(person) for person in people)


def hand_out(person_id: UUID) -> int:
    """What one person's browsers are to show by now, together; gives how many browsers are to be told."""
    moment = clock.now()
    with transaction.atomic():
        rows = Notice.objects.select_for_update().filter(person=person_id, push_at__lte=moment)
        due = list(rows.order_by("at", "id")[:MOST_AT_ONCE])
        person = person_by_id(str(person_id))
        later = quiet_until(person, moment) if person else None
        Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(push_at=later)
        waiting = [str(notice.pk) for notice in due if notice.read_at is None and notice.snoozed_until is None]
        if person is None or later or not waiting:
            return 0
        browsers = list(Browser.objects.filter(person=person).values_list("pk", flat=True))
        for browser in browsers:
            enqueue("notices.show_in_browser", browser=str(browser), notices=waiting)
    return len(browsers)


def show(browser_id: UUID, notices: Sequence[UUID]) -> str:
    """Send what of these is still unread, as one line; gives what came of it.

    A browser whose service says that it is gone is forgotten. Raises `TryAgain` while the service cannot take it.
    """
    browser = Browser.objects.select_related("person").filter(pk=browser_id).first()
    person = person_by_id(str(browser.person_id)) if browser else None
    if browser is None or person is None:
        return "nobody"
    rows = Notice.objects.filter(pk__in=notices, person=person).waiting()
    content = _content(person, rows.select_related("actor").order_by("at", "id"))
    if content is None:
        return "read"
    sent = push(browser, json.dumps(content).encode(), topic=_topic(content["tag"]), urgency="normal")
    if sent.outcome is Outcome.LATER:
        raise TryAgain("the push service did not take it", after=sent.after)
    if sent.outcome is Outcome.GONE:
        Browser.objects.filter(pk=browser.pk).delete()
    if sent.outcome is Outcome.TAKEN:
        Browser.objects.filter(pk=browser.pk).update(reached_at=clock.now())
    return str(sent.outcome.value)


def _content(person: User, rows: QuerySet[Notice]) -> dict[str, str] | None:
    """In the reader's language, what he may see now: the words that his mail would have, too."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        found = told(principal_of(person, door="job"), rows)
        if not found:
            return None
        if len(found) == 1:
            one = found[0]
            address, tag, line = _marked(one.notice), str(one.notice.pk), one.sentence
        else:
            number = len(found)
            said = ngettext("%(n)s notice for you", "%(n)s notices for you", number) % {"n": number}
            address, tag, line = "/notices", "several", said
        return {"title": "Filo", "body": line[:LONGEST_LINE], "url": address, "tag": tag}


def _marked(notice: Notice) -> str:
    """Its address, by which the page that opens knows what is read now."""
    url = str(notice.url)
    return url if "#" in url else f"{url}#notice={notice.pk}"


def _topic(tag: str) -> str:
    """At most 32 characters of base64url (RFC 8030, section 5.4); says nothing of what it stands for."""
    return hashlib.sha256(tag.encode()).hexdigest()[:32]
