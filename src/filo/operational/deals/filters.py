"""What lists and boards of deals may be narrowed by."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import active_people
from filo.foundation.filters.conditions import (
    CHOICE,
    DAY,
    NUMBER,
    PAST,
    among,
    by_day,
    by_id,
    by_moment,
    by_number,
    values_of,
)
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.filters.usual import WORDS, YES_NO, labels, names_of, words_in
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.operational.deals.models import STATES, LossReason, Pipeline, PipelineStage
from filo.operational.parties.models import Party


def _yes(found: Any) -> Any:
    """A condition that is asked for with yes or no; `found` makes it at the moment it is asked."""

    def condition(_principal: Principal, _operator: str, value: Any) -> Q:
        if str(value) not in ("yes", "no"):
            raise ValueError
        yes: Q = found()
        return yes if str(value) == "yes" else Q(state="open") & ~yes

    return condition


def stale() -> Q:
    """Open ones with which nothing happened for too long."""
    return Q(state="open", stale_at__isnull=False, stale_at__lte=clock.now())


def without_step() -> Q:
    """Open ones of which nobody said what comes next, or for which that day has gone by."""
    return Q(state="open") & (Q(next_step="") | Q(next_on=None) | Q(next_on__lt=clock.today()))


def _people(path: str) -> Any:
    def condition(principal: Principal, operator: str, value: Any) -> Q:
        wanted = values_of(operator, value)
        ids = [principal.user_id if part == "me" else UUID(part) for part in wanted if part != "none"]
        found = Q(**{f"{path}__in": ids}) if ids else Q(pk__in=[])
        if "none" in wanted:
            found |= Q(**{f"{path}__isnull": True})
        return ~found if operator == "is-not" else found

    return condition


def _coded(path: str, model: Any) -> Any:
    """By the code of a row that a deal points at; *none* is empty."""

    def condition(_principal: Principal, operator: str, value: Any) -> Q:
        wanted = values_of(operator, value)
        found = Q(**{f"{path}__in": model._default_manager.filter(code__in=wanted)})
        if "none" in wanted:
            found |= Q(**{f"{path}__isnull": True})
        return ~found if operator == "is-not" else found

    return condition


def _party(path: str) -> Any:
    """Deals of customers that one sees: others are nobody's."""

    def condition(principal: Principal, operator: str, value: Any) -> Q:
        return by_id(path)(principal, operator, value) & Q(**{f"{path}__in": Party.objects.visible_to(principal)})

    return condition


def _stages(_principal: Principal) -> list[tuple[str, str]]:
    rows = PipelineStage.objects.select_related("pipeline").order_by("pipeline__position", "position")
    return [(str(row.pk), f"{row.pipeline.name}: {row.name}") for row in rows]


def _reasons(_principal: Principal) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in LossReason.objects.all()]


def _colleagues(_principal: Principal) -> list[tuple[str, str]]:
    return [("me", _("me")), ("none", _("nobody")), *((str(user.id), user.name) for user in active_people())]


DEAL_FILTERS = FilterSet.of(
    FilterField("state", gettext_lazy("State"), CHOICE, among("state", [code for code, _l in STATES]), labels(STATES)),
    FilterField("pipeline", gettext_lazy("Pipeline"), CHOICE, _coded("pipeline", Pipeline), names_of(Pipeline)),
    FilterField("stage", gettext_lazy("Stage"), CHOICE, by_id("stage"), _stages),
    FilterField("owner", pgettext_lazy("a deal", "Who has it"), CHOICE, _people("owner"), _colleagues),
    FilterField("unit", gettext_lazy("Unit"), CHOICE, _coded("unit", Unit), names_of(Unit)),
    FilterField("party", gettext_lazy("Customer"), ("is", "in"), _party("party")),
    FilterField("referred_by", gettext_lazy("Recommended by"), ("is", "in"), _party("referred_by")),
    FilterField("amount", gettext_lazy("Amount"), NUMBER[:3], by_number("amount"), shape="number"),
    FilterField("chance", gettext_lazy("Probability"), NUMBER[:3], by_number("chance"), shape="number"),
    FilterField("score", gettext_lazy("Points"), NUMBER[:3], by_number("score"), shape="number"),
    FilterField("close", gettext_lazy("Expected close"), DAY, by_day("close_date"), shape="day"),
    FilterField("closed", gettext_lazy("Won or lost on"), DAY, by_day("closed_on"), shape="day"),
    FilterField("opened", pgettext_lazy("a moment", "Opened"), PAST, by_moment("created_at"), shape="day"),
    FilterField("stale", gettext_lazy("Standing still"), ("is",), _yes(stale), labels(YES_NO)),
    FilterField("no_step", gettext_lazy("Without a next step"), ("is",), _yes(without_step), labels(YES_NO)),
    FilterField(
        "company", gettext_lazy("Company"), CHOICE, _coded("company", SellingCompany), names_of(SellingCompany)
    ),
    FilterField("area", gettext_lazy("Area"), CHOICE, _coded("area", Area), names_of(Area)),
    FilterField("channel", gettext_lazy("Channel"), CHOICE, _coded("channel", Channel), names_of(Channel)),
    FilterField(
        "line", gettext_lazy("Product line"), CHOICE, _coded("product_line", ProductLine), names_of(ProductLine)
    ),
    FilterField("source", gettext_lazy("Source"), WORDS, words_in("source")),
    FilterField("reason", gettext_lazy("Lost because"), CHOICE, by_id("loss_reason"), _reasons),
    FilterField("code", gettext_lazy("Referral code"), WORDS, words_in("referral_code")),
)
