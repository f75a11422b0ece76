"""The card of a customer and its parts, each refetched by itself when it changes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from filo.foundation.access.principal import Principal
from filo.foundation.fields.words import shown_values
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.parties.models import Party
from filo.operational.parties.own_fields import ENTITY
from filo.operational.parties.queries.card import duties, may_delete, may_edit, related, with_card_parts
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.provenance import provenance_of
from filo.operational.parties.queries.timeline import TimelineQuery, by_day, timeline_page


@require_GET
def card(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The whole card: identity, facts, story, what is open; that of the kept one, where two became one."""
    party = seen_party(request.principal, party_id)
    if party.id != party_id:
        return redirect("parties:card", party.id)
    context = _identity(request.principal, party) | _facts(request.principal, party)
    context |= _story(request, party)
    context["tab"] = request.GET.get("tab", "story")
    return render(request, "parties/card.html", context)


@require_GET
def head(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The header alone."""
    party = seen_party(request.principal, party_id)
    return render(request, "parties/_head.html", _identity(request.principal, party))


@require_GET
def facts(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The fact panels alone."""
    party = seen_party(request.principal, party_id)
    context = _identity(request.principal, party) | _facts(request.principal, party)
    return render(request, "parties/_facts.html", context)


@require_GET
def provenance(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Where each value comes from; asked for when somebody first points at one."""
    party = seen_party(request.principal, party_id)
    origins = provenance_of(request.principal, party)
    return render(request, "parties/_provenance.html", {"origins": origins.items()})


@require_GET
def what_it_is(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """What the party is to us, alone."""
    party = seen_party(request.principal, party_id)
    return render(request, "parties/_duties.html", _identity(request.principal, party))


@require_GET
def timeline(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The story alone, narrowed or from a page on."""
    party = seen_party(request.principal, party_id)
    template = "parties/_timeline_rows.html" if request.GET.get("cursor") else "parties/_timeline.html"
    return render(request, template, {"party": party} | _story(request, party))


@require_GET
def peek(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The card in short, beside the list."""
    party = seen_party(request.principal, party_id)
    context = _identity(request.principal, party) | _facts(request.principal, party)
    context["days"] = by_day(timeline_page(request.principal, party, TimelineQuery(size=5)).rows)
    return render(request, "parties/_peek.html", context)


def _identity(principal: Principal, party: Party) -> dict[str, object]:
    found = duties(principal, with_card_parts(party))
    return {
        "party": party,
        "duties": found,
        "main": found[0].relationship if found else None,
        "points": list(party.contact_points.all()),
        "may_edit": may_edit(principal, party),
        "may_delete": may_delete(principal, party),
    }


def _facts(principal: Principal, party: Party) -> dict[str, object]:
    return {
        "addresses": list(party.addresses.all()),
        "identities": list(party.external_identities.all()),
        "relations": related(principal, party),
        "own_values": shown_values(principal, ENTITY, party.fields),
        "hidden": principal.hidden("party"),
    }


def _story(request: StaffRequest, party: Party) -> dict[str, object]:
    asked = TimelineQuery(
        channel=request.GET.get("channel", "")[:20],
        direction=request.GET.get("direction", "")[:3],
        outcome=request.GET.get("outcome", "")[:80],
        actor=str(asked_id(request.GET["actor"])) if request.GET.get("actor") else "",
        text=request.GET.get("words", "")[:80],
        since=_day(request.GET.get("since", "")),
        until=_day(request.GET.get("until", "")),
        cursor=request.GET.get("cursor", "")[:400],
    )
    page = timeline_page(request.principal, party, asked)
    narrowed = any((asked.channel, asked.direction, asked.outcome, asked.actor, asked.text, asked.since, asked.until))
    return {"days": by_day(page.rows), "next": page.next, "asked": asked, "narrowed": narrowed}


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
