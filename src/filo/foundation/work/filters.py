"""What the list of work may be narrowed by."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.filters.conditions import CHOICE, among, by_id
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.jobs.models import JobState
from filo.foundation.jobs.registry import QUEUES, job_kinds
from filo.foundation.work.words import QUEUE_WORDS

MOST_PEOPLE = 200


def _states(_principal: Principal) -> list[tuple[str, str]]:
    return [(state.value, str(state.label)) for state in JobState]


def _queues(_principal: Principal) -> list[tuple[str, str]]:
    return [(queue, str(QUEUE_WORDS[queue])) for queue in QUEUES]


def _kinds(_principal: Principal) -> list[tuple[str, str]]:
    found = [(kind.name, str(kind.label)) for kind in job_kinds() if kind.label]
    return sorted(found, key=lambda pair: pair[1].casefold())


def _people(principal: Principal) -> list[tuple[str, str]]:
    me = [(str(principal.user_id), str(_("Me")))] if principal.user_id else []
    others = User.objects.filter(is_active=True).order_by("given_name", "family_name")[:MOST_PEOPLE]
    return me + [(str(user.pk), user.name) for user in others if user.pk != principal.user_id]


JOB_FILTERS = FilterSet.of(
    FilterField("state", _("State"), CHOICE, among("state", JobState.values), _states),
    FilterField("queue", _("Queue"), CHOICE, among("queue", QUEUES), _queues),
    FilterField("kind", _("Kind"), CHOICE, among("name"), _kinds),
    FilterField("person", _("Asked for by"), CHOICE, by_id("requested_by"), _people),
)
