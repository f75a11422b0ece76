"""What is done to a deal: each a form that is posted, with a way back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.fields.forms import ValuesForm
from filo.foundation.web.requests import StaffRequest, posted_version
from filo.operational.deals.act_forms import HandOverForm, LossForm
from filo.operational.deals.forms import FactsForm
from filo.operational.deals.queries.contacts import contacts_of
from filo.operational.deals.queries.finding import binned_deal, seen_deal
from filo.operational.deals.services import (
    change_deal,
    delete_deal,
    hand_over_deal,
    lose_deal,
    make_referral_code,
    note_on_deal,
    reopen_deal,
    restore_deal,
    win_deal,
)
from filo.operational.deals.services.changing import OWN
from filo.operational.deals.views.answers import acted, back_to, refused_page, url_of
from filo.operational.deals.views.pages import refuse_both
from filo.operational.deals.views.past_days import warn_of_past
from filo.operational.parties.own_fields import among_facts
from filo.operational.parties.queries.find import seen_party


@require_POST
def edit(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Title, amount, probability, day, people and places."""
    deal, version = seen_deal(request.principal, deal_id), posted_version(request)
    form = FactsForm(contacts_of(request.principal, deal), request.POST)
    own = ValuesForm(request.principal, OWN, values=deal.fields, data=request.POST)
    if all([form.is_valid(), own.is_valid()]):
        try:
            with one_operation() as operation:
                said = among_facts(own.cleaned_data) if "own" in request.POST else None
                change_deal(request.principal, deal, version=version, own=said, **form.facts())
            messages_with_undo(request, _("Saved."), operation, back=url_of(deal))
            day = form.cleaned_data["close_date"]
            warn_of_past(request, close_date=day if deal.is_open and day != deal.close_date else None)
            return back_to(deal)
        except InvalidFields as error:
            refuse_both(_as_form(error), form, own)
        except Stale as error:
            version, deal = form.refuse_stale(error), seen_deal(request.principal, deal_id)
    return refused_page(request, deal, facts_form=form, own_form=own, version=version, open_form="facts")


def _as_form(error: InvalidFields) -> InvalidFields:
    """Fields of the form that hold rows are called by their ids."""
    names = FactsForm.base_fields
    return InvalidFields({f"{name}_id" if f"{name}_id" in names else name: said for name, said in error.fields.items()})


@require_POST
def win(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """The customer buys."""
    deal = seen_deal(request.principal, deal_id)
    return acted(request, deal, lambda: win_deal(request.principal, deal), _("Won: %(title)s") % {"title": deal.title})


@require_POST
def lose(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """The customer does not buy, and why."""
    deal, form = seen_deal(request.principal, deal_id), LossForm(request.POST)
    if not form.is_valid():
        return refused_page(request, deal, loss_form=form)
    verb = lambda: lose_deal(request.principal, deal, **form.cleaned_data)  # noqa: E731
    return acted(request, deal, verb, _("Lost: %(title)s") % {"title": deal.title})


@require_POST
def reopen(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """It was not over after all."""
    deal = seen_deal(request.principal, deal_id)
    return acted(request, deal, lambda: reopen_deal(request.principal, deal), _("It is open again."))


@require_POST
def assign(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """To a colleague, or to nobody."""
    deal, form = seen_deal(request.principal, deal_id), HandOverForm(request.POST)
    if not form.is_valid():
        return refused_page(request, deal, assign_form=form, open_form="assign")
    who = form.cleaned_data["owner"]
    sentence = _("%(name)s has it now.") % {"name": who.name} if who else _("Nobody has it now.")
    verb = lambda: hand_over_deal(request.principal, deal, owner_id=who.id if who else None)  # noqa: E731
    return acted(request, deal, verb, sentence)


@require_POST
def note(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Something about the deal, for its story."""
    deal, text = seen_deal(request.principal, deal_id), request.POST.get("text", "")
    try:
        note_on_deal(request.principal, deal, text)
    except InvalidFields as error:
        return refused_page(request, deal, note_text=text, note_error=next(iter(error.fields.values()))[0])
    messages.success(request, _("Noted."))
    return back_to(deal)


@require_POST
def delete(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Into the bin."""
    deal = seen_deal(request.principal, deal_id)
    with one_operation() as operation:
        delete_deal(request.principal, deal)
    messages_with_undo(request, _("In the bin: %(title)s") % {"title": deal.title}, operation, back=url_of(deal))
    return redirect("deals:list")


@require_POST
def restore(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Out of the bin."""
    deal = binned_deal(request.principal, deal_id)
    restore_deal(request.principal, deal)
    messages.success(request, _("It is back: %(title)s") % {"title": deal.title})
    return back_to(deal)


@require_POST
def referral_code(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """A customer gets a code by which he recommends us."""
    party = seen_party(request.principal, party_id)
    made = make_referral_code(request.principal, party)
    messages.success(request, _("The code is %(code)s.") % {"code": made.code})
    return redirect("parties:card", party.id)
