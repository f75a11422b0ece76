"""For whom, where and when a coupon or a discount holds, and sums of money, as the API takes and tells them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import Field

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.filters.conditions import CHOICE, DAY, NUMBER, among, by_day, by_id, by_number, values_of
from filo.foundation.filters.fields import FilterField
from filo.foundation.rest.schemas import Body, Day, Shape, Whole, YesNo
from filo.operational.prices.queries.reductions import STATES, standing, state_of

State = Literal["active", "upcoming", "expired", "used-up", "paused"]
CODE = "By its code; empty: any."
PLAIN = ("id", "active", "customer_class", "valid_from", "valid_to", "priority", "version")


class AmountBody(Body):
    """A sum of money."""

    amount: Decimal = Field(max_digits=14, decimal_places=2)
    currency: str = Field("EUR", min_length=3, max_length=3)


class ScopeBody(Body):
    """For whom, where and when; what is not said is everybody, always."""

    active: YesNo = Field(True, description="false takes it out of use; what was priced with it stays.")
    company: str = Field("", description=CODE)
    channel: str = Field("", description=CODE)
    area: str = Field("", description=CODE)
    customer_class: str = Field("", max_length=40)
    party: UUID | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    priority: Whole = Field(0, ge=-1000, le=1000)


class ScopeShape(Shape):
    """The same, with how it stands today."""

    id: UUID
    state: State
    active: bool
    company: str
    channel: str
    area: str
    customer_class: str
    party: UUID | None
    valid_from: Day | None
    valid_to: Day | None
    priority: int
    version: int


def scope(found: Any) -> dict[str, Any]:
    """As it is answered."""
    parts = {name: getattr(found, name) for name in ("company", "channel", "area")}
    told = {name: getattr(found, name) for name in PLAIN} | {"party": found.party_id}
    return told | {name: part.code if part else "" for name, part in parts.items()} | {"state": _state(found)}


def _state(found: Any) -> str:
    return state_of(found, clock.today())


def money(amount: Decimal | None, currency: str) -> dict[str, str] | None:
    """A sum, as it is answered."""
    return None if amount is None else {"amount": f"{amount:.2f}", "currency": currency}


def number(value: Decimal | None) -> str | None:
    """A number without zeros at its end."""
    return None if value is None else f"{value.normalize():f}"


def sums(facts: dict[str, Any], *names: str) -> str | None:
    """Put plain amounts in place of sums of money, and give their one currency; None where no sum was sent.

    Raises `InvalidFields` where they are in several.
    """
    sent: dict[str, Mapping[str, Any]] = {name: facts[name] for name in names if facts.get(name)}
    told = {one.get("currency", "EUR").upper() for one in sent.values()}
    if len(told) > 1:
        raise InvalidFields({names[-1]: several_currencies()})
    facts.update({name: one["amount"] for name, one in sent.items()})
    return told.pop() if told else None


def several_currencies() -> str:
    """Why two sums of one thing are refused."""
    return _("Say both sums in one currency.")


def filters_of(*, counted: bool) -> tuple[FilterField, ...]:
    """What lists of both are narrowed by."""

    def by_state(_principal: Principal, operator: str, value: Any) -> Q:
        wanted = values_of(operator, value)
        if not set(wanted) <= set(STATES):
            raise ValueError
        found = standing(wanted, clock.today(), counted=counted)
        return ~found if operator == "is-not" else found

    return (
        FilterField("state", "state", CHOICE, by_state),
        FilterField("percent", "percent", NUMBER, by_number("percent")),
        FilterField("company", "company", CHOICE, among("company__code")),
        FilterField("channel", "channel", CHOICE, among("channel__code")),
        FilterField("area", "area", CHOICE, among("area__code")),
        FilterField("customer_class", "customer class", CHOICE, among("customer_class")),
        FilterField("party", "party", CHOICE, by_id("party")),
        FilterField("valid_from", "valid from", DAY, by_day("valid_from")),
        FilterField("valid_to", "valid to", DAY, by_day("valid_to")),
    )
