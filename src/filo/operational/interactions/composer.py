"""What the composer shows, on the card and on a page of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.interactions.forms import COMPOSED, InteractionForm, WrapUpForm
from filo.operational.interactions.models import Call, Outcome
from filo.operational.interactions.queries import outcomes_by_channel
from filo.operational.interactions.words import ICONS
from filo.operational.parties.models import Party
from filo.operational.parties.queries.naming import names_of


def composer_context(
    party: Party, form: InteractionForm | None, *, outcomes: dict[str, list[Outcome]] | None = None
) -> dict[str, Any]:
    """What the composer shows: a clean one, or one with what was typed and what is wrong with it."""
    found = outcomes_by_channel() if outcomes is None else outcomes
    chosen = form["channel"].value() if form else "note"
    return {
        "party": party,
        "form": form,
        "chosen": chosen,
        "composed": [(code, label, ICONS[code]) for code, label in COMPOSED],
        "outcomes": [(code, found.get(code, [])) for code, _label in COMPOSED],
    }


def call_shown(principal: Principal, call: Call | None) -> dict[str, Any]:
    """What the bar of a call shows: the customer by name, if one sees him."""
    name = names_of(principal, {call.party_id}).get(call.party_id, "") if call else ""
    return {"call": call, "name": name, "now": clock.now()}


def wrap_up_context(principal: Principal, call: Call, form: WrapUpForm | None = None) -> dict[str, Any]:
    """What is asked after a call: a clean form with the draft in it, or one that was refused."""
    today = clock.today()
    draft = {
        "outcome": call.outcome.code if call.outcome else "",
        "subject": call.subject,
        "body": call.body,
        "minutes": call.lasted,
        "next_title": call.next_title,
        "next_due": call.next_due,
    }
    days = [today + timedelta(days=1), today + timedelta(days=3), today + timedelta(days=7 - today.weekday())]
    found = form or WrapUpForm(initial=draft)
    other = found["next_due"].value()
    offered = found["next_when"].value() or (str(other) if other in days else "")
    return call_shown(principal, call) | {
        "form": found,
        "chosen": found["outcome"].value() or "",
        "outcomes": outcomes_by_channel().get("call", []),
        "days": days,
        "offered": str(offered),
        "other": "" if str(other) == str(offered) else other,
    }
