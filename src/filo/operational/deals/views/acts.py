"""What is done to a deal: each a form that is posted, with a way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, asked_id, posted_version
from filo.operational.deals.forms import FactsForm, HandOverForm, LossForm, NextStepForm
from filo.operational.deals.models import Deal
from filo.operational.deals.queries.contacts import contacts_of
from filo.operational.deals.queries.finding import binned_deal, seen_deal
from filo.operational.deals.services import (
    change_deal,
    delete_deal,
    do_next_step,
    hand_over_deal,
    hand_over_deals,
    lose_deal,
    make_referral_code,
    note_on_deal,
    reopen_deal,
    restore_deal,
    set_next_step,
    win_deal,
)
from filo.operational.deals.views.pages import context_of
from filo.operational.parties.queries.find import seen_party

MOST_AT_ONCE = 200


@require_POST
def edit(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Title, amount, probability, day, people and places."""
    deal = seen_deal(request.principal, deal_id)
    form = FactsForm(contacts_of(request.principal, deal), request.POST)
    if form.is_valid():
        try:
            with one_operation() as operation:
                change_deal(request.principal, deal, version=posted_version(request), **form.facts())
            messages_with_undo(request, _("Saved."), operation, back=_url(deal))
            return _back(deal)
        except InvalidFields as error:
            form.refuse(_as_form(error))
        except Stale as error:
            form.add_error(None, str(error))
            deal = seen_deal(request.principal, deal_id)
    return _refused(request, deal, facts_form=form, open_form="facts")


def _as_form(error: InvalidFields) -> InvalidFields:
    """Fields of the form that hold rows are called by their ids."""
    names = FactsForm.base_fields
    return InvalidFields({f"{name}_id" if f"{name}_id" in names else name: said for name, said in error.fields.items()})


@require_POST
def win(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """The customer buys."""
    deal = seen_deal(request.principal, deal_id)
    return _done(request, deal, lambda: win_deal(request.principal, deal), _("Won: %(title)s") % {"title": deal.title})


@require_POST
def lose(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """The customer does not buy, and why."""
    deal, form = seen_deal(request.principal, deal_id), LossForm(request.POST)
    if not form.is_valid():
        return _refused(request, deal, loss_form=form)
    verb = lambda: lose_deal(request.principal, deal, **form.cleaned_data)  # noqa: E731
    return _done(request, deal, verb, _("Lost: %(title)s") % {"title": deal.title})


@require_POST
def reopen(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """It was not over after all."""
    deal = seen_deal(request.principal, deal_id)
    return _done(request, deal, lambda: reopen_deal(request.principal, deal), _("It is open again."))


@require_POST
def assign(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """To a colleague, or to nobody."""
    deal, form = seen_deal(request.principal, deal_id), HandOverForm(request.POST)
    if not form.is_valid():
        return _refused(request, deal, assign_form=form, open_form="assign")
    who = form.cleaned_data["owner"]
    sentence = _("%(name)s has it now.") % {"name": who.name} if who else _("Nobody has it now.")
    verb = lambda: hand_over_deal(request.principal, deal, owner_id=who.id if who else None)  # noqa: E731
    return _done(request, deal, verb, sentence)


@require_POST
def next_step(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """What comes next, and when."""
    deal, form = seen_deal(request.principal, deal_id), NextStepForm(request.POST)
    if not form.is_valid():
        return _refused(request, deal, step_form=form, asks_step=True)
    step, on = form.cleaned_data["next_step"], form.cleaned_data["next_on"]
    verb = lambda: set_next_step(request.principal, deal, step=step, on=on)  # noqa: E731
    return _done(request, deal, verb, _("Noted."))


@require_POST
def step_done(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """The next step is done; the page asks for another."""
    deal = seen_deal(request.principal, deal_id)
    done = _("Done: %(title)s") % {"title": deal.next_step}
    return _done(request, deal, lambda: do_next_step(request.principal, deal), done)


@require_POST
def note(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Something about the deal, for its story."""
    deal, text = seen_deal(request.principal, deal_id), request.POST.get("text", "")
    try:
        note_on_deal(request.principal, deal, text)
    except InvalidFields as error:
        return _refused(request, deal, note_text=text, note_error=next(iter(error.fields.values()))[0])
    messages.success(request, _("Noted."))
    return _back(deal)


@require_POST
def delete(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Into the bin."""
    deal = seen_deal(request.principal, deal_id)
    with one_operation() as operation:
        delete_deal(request.principal, deal)
    messages_with_undo(request, _("In the bin: %(title)s") % {"title": deal.title}, operation, back=_url(deal))
    return redirect("deals:list")


@require_POST
def restore(request: StaffRequest, deal_id: UUID) -> HttpResponse:
    """Out of the bin."""
    deal = binned_deal(request.principal, deal_id)
    restore_deal(request.principal, deal)
    messages.success(request, _("It is back: %(title)s") % {"title": deal.title})
    return _back(deal)


@require_POST
def referral_code(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """A customer gets a code by which he recommends us."""
    party = seen_party(request.principal, party_id)
    made = make_referral_code(request.principal, party)
    messages.success(request, _("The code is %(code)s.") % {"code": made.code})
    return redirect("parties:card", party.id)


@require_POST
def many(request: StaffRequest) -> HttpResponse:
    """The chosen deals to a colleague, as one act."""
    principal, form = request.principal, HandOverForm(request.POST)
    ids = [asked_id(text) for text in request.POST.getlist("chosen")[:MOST_AT_ONCE]]
    deals = list(Deal.objects.visible_to(principal).filter(pk__in=ids))
    if not form.is_valid() or not deals:
        messages.error(request, _("Choose deals, and who gets them."))
        return redirect("deals:list")
    who = form.cleaned_data["owner"]
    with one_operation() as operation:
        given, left = hand_over_deals(principal, deals, owner_id=who.id if who else None)
    said = ngettext("%(n)s deal was given away.", "%(n)s deals were given away.", given) % {"n": given}
    if left:
        said += " " + ngettext("%(n)s stayed where it is.", "%(n)s stayed where they are.", left) % {"n": left}
    messages_with_undo(request, said, operation, back=reverse("deals:list"))
    return redirect("deals:list")


def _done(request: StaffRequest, deal: Deal, verb: Callable[[], Deal], sentence: str) -> HttpResponse:
    """Do it as one act, say it, and offer the way back; what is refused is said and changes nothing."""
    try:
        with one_operation() as operation:
            changed = verb()
    except DomainError as error:
        if error.status in (403, 404):
            raise
        said = next(iter(error.fields.values()))[0] if isinstance(error, InvalidFields) else error
        messages.error(request, str(said))
        return _back(deal)
    messages_with_undo(request, sentence, operation, back=_url(deal))
    return redirect(f"{_url(changed)}{'?ask=step' if changed.lacks_step else ''}")


def _refused(request: StaffRequest, deal: Deal, **more: Any) -> HttpResponse:
    return render(request, "deals/deal.html", context_of(request, deal, **more), status=422)


def _url(deal: Deal) -> str:
    return reverse("deals:deal", args=[deal.id])


def _back(deal: Deal) -> HttpResponse:
    return redirect("deals:deal", deal.id)
