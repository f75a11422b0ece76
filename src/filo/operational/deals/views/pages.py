"""The page of a deal, its parts, and a new one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.errors import InvalidFields
from filo.foundation.fields.forms import ValuesForm
from filo.foundation.fields.words import shown_values
from filo.foundation.web.forms import FiloForm
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.deals.act_forms import HandOverForm, LossForm
from filo.operational.deals.forms import DealForm, FactsForm, NextStepForm, initial_of
from filo.operational.deals.models import Deal
from filo.operational.deals.queries.contacts import contacts_of
from filo.operational.deals.queries.finding import seen_deal
from filo.operational.deals.queries.page import acts_on, loss_reasons, open_deals_of, page_of_deal
from filo.operational.deals.queries.referrals import referrals_of
from filo.operational.deals.queries.scoring import score_of
from filo.operational.deals.services import open_deal
from filo.operational.deals.services.changing import OWN
from filo.operational.deals.views.past_days import warn_of_past
from filo.operational.parties.models import Party
from filo.operational.parties.own_fields import among_facts
from filo.operational.parties.queries.find import seen_party


@require_GET
def page(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """All of a deal: where it stands, facts, what happened, what hangs on it."""
    return render(request, "deals/deal.html", context_of(request, seen_deal(request.principal, deal_id)))


@require_GET
def facts(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Facts, fetched anew when they change."""
    return render(request, "deals/_facts.html", context_of(request, seen_deal(request.principal, deal_id)))


@require_GET
def story(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """What happened, fetched anew when there is more."""
    return render(request, "deals/_story.html", context_of(request, seen_deal(request.principal, deal_id)))


@require_GET
def peek(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """The deal in short, beside the list."""
    return render(request, "deals/_peek.html", context_of(request, seen_deal(request.principal, deal_id)))


@require_GET
def forms(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """The rarer forms, asked for when they come into sight."""
    deal = seen_deal(request.principal, deal_id)
    return render(request, "deals/_forms.html", context_of(request, deal) | forms_of(request, deal))


@require_GET
def changes(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """What was changed, asked for when it comes into sight."""
    deal = seen_deal(request.principal, deal_id)
    found = page_of_deal(request.principal, deal)
    acts, back = acts_on(request.principal, deal), reverse("deals:deal", args=[deal.id])
    return render(request, "history/_changes.html", {"acts": acts, "may_edit": found.may_edit, "back": back})


@require_GET
def points(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Why it has so many points."""
    deal = seen_deal(request.principal, deal_id)
    return render(request, "deals/_points.html", {"deal": deal, "score": score_of(deal)})


def forms_of(request: StaffRequest, deal: Deal) -> dict[str, Any]:
    """The forms of a deal, filled with what is known."""
    return {
        "facts_form": FactsForm(contacts_of(request.principal, deal), initial=initial_of(deal)),
        "own_form": ValuesForm(request.principal, OWN, values=deal.fields),
        "assign_form": HandOverForm(initial={"owner": deal.owner_id}),
    }


def context_of(request: StaffRequest, deal: Deal, **refused: Any) -> dict[str, Any]:
    """What the templates of a deal need; forms that were refused take the place of fresh ones."""
    found = page_of_deal(request.principal, deal)
    tab = request.GET.get("tab", "")
    may_decide = found.may_edit and deal.is_open
    return {
        "page": found,
        "deal": deal,
        "party": found.party,
        "tab": tab if tab in ("left", "right") else "story",
        "shows_forms": bool(refused) or "forms" in request.GET,
        "asks_step": "ask" in request.GET,
        "version": deal.version,
        "step_version": deal.version,
        "own_values": shown_values(request.principal, OWN, deal.fields),
        "reasons": loss_reasons() if may_decide else [],
        "loss_form": LossForm() if may_decide else None,
        "step_form": NextStepForm(initial={"next_step": deal.next_step, "next_on": deal.next_on}),
        **(forms_of(request, deal) if refused or "forms" in request.GET else {}),
        **refused,
    }


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new deal: who, what, how much, by when."""
    principal = request.principal
    principal.require("deal", "create")
    wanted = request.GET.get("party") or request.POST.get("party")
    party = seen_party(principal, asked_id(wanted)) if wanted else None
    form = DealForm(principal, request.POST or None, initial=_initial(request))
    own = ValuesForm(principal, OWN, values={}, data=request.POST or None)
    lacks_party = request.method == "POST" and party is None
    if request.method == "POST" and form.is_valid() and own.is_valid() and party is not None:
        try:
            deal = _open(request, party, form.cleaned_data, among_facts(own.cleaned_data))
            messages.success(request, _("Opened: %(title)s") % {"title": deal.title})
            warn_of_past(request, close_date=deal.close_date, next_on=deal.next_on)
            return redirect("deals:deal", deal.id) if principal.may("deal", "view") else redirect("home")
        except InvalidFields as error:
            refuse_both(error, form, own)
    context = {"form": form, "own_form": own, "party": party, "lacks_party": lacks_party}
    return render(request, "deals/new.html", context, status=422 if request.method == "POST" else 200)


def _initial(request: StaffRequest) -> dict[str, Any]:
    return {name: request.GET[name] for name in ("pipeline", "title", "amount") if name in request.GET}


def refuse_both(error: InvalidFields, form: FiloForm, own: ValuesForm) -> None:
    """What is refused of the firm's own fields stands at them, the rest at the facts."""
    mine = {name: said for name, said in error.fields.items() if name in own.fields}
    rest = {name: said for name, said in error.fields.items() if name not in mine}
    if mine:
        own.refuse(InvalidFields(mine))
    if rest:
        form.refuse(InvalidFields(rest))


def _open(request: StaffRequest, party: Party, found: dict[str, Any], own: dict[str, Any]) -> Deal:
    owner = found["owner"]
    facts = {name: value for name, value in found.items() if name not in ("owner", "amount")}
    return open_deal(
        request.principal,
        party=party,
        owner_id=owner.id if owner else None,
        amount=found["amount"] or Decimal(0),
        own=own,
        **facts,
    )


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The open deals of a customer, for his card."""
    party = seen_party(request.principal, party_id)
    context = {
        "party": party,
        "deals": open_deals_of(request.principal, party),
        "referrals": referrals_of(request.principal, party),
    }
    return render(request, "deals/_on_card.html", context)
