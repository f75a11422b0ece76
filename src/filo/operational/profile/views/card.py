"""On the customer's card: what is known, said anew, corrected, forgotten."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest, asked_id, wants_fragment
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party
from filo.operational.profile.forms import TraitForm
from filo.operational.profile.models import Trait, TraitKind
from filo.operational.profile.policies import may_change, require_to_change
from filo.operational.profile.queries import history_of, kinds_for, seen_trait
from filo.operational.profile.services.learning import confirm_trait, forget_trait, learn
from filo.operational.profile.shown import panel_of


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """What is known of a customer, refetched when it changes."""
    party = seen_party(request.principal, party_id)
    return render(request, "profile/_on_card.html", panel_of(request.principal, party))


@require_GET
def more(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The kinds that can be noted, and what was known before."""
    party = seen_party(request.principal, party_id)
    kinds = kinds_for(party) if may_change(request.principal, party) else []
    context = {"party": party, "kinds": kinds, "history": history_of(request.principal, party)}
    return render(request, "profile/_more.html" if wants_fragment(request) else "profile/more.html", context)


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, party_id: UUID, code: str) -> HttpResponse:
    """A fact of a kind; with `trait` in the address the one that it corrects."""
    party = seen_party(request.principal, party_id)
    require_to_change(request.principal, party)
    kind = TraitKind.objects.filter(code=code, active=True).first()
    if kind is None:
        raise NotFound
    trait = _corrected(request, party, kind)
    form = TraitForm(kind, request.POST or None, trait=trait)
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                _write(request, party, form, trait)
            messages_with_undo(request, _("Noted."), operation, f"/parties/{party.pk}")
            return redirect("parties:card", party.pk)
        except InvalidFields as error:
            form.refuse(error)
    context = {"form": form, "party": party, "kind": kind, "trait": trait}
    template = "profile/_write.html" if wants_fragment(request) and request.method == "GET" else "profile/write.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
def confirm(request: StaffRequest, trait_id: UUID) -> HttpResponse:
    """A colleague knows that it is so, and vouches for it."""
    trait = confirm_trait(request.principal, seen_trait(request.principal, trait_id))
    messages.success(request, _("Confirmed: it is certain now."))
    return redirect("parties:card", trait.party_id)


@require_POST
def forget(request: StaffRequest, trait_id: UUID) -> HttpResponse:
    """It holds no more."""
    trait = seen_trait(request.principal, trait_id)
    with one_operation() as operation:
        forget_trait(request.principal, trait)
    messages_with_undo(request, _("Forgotten; the history keeps it."), operation, f"/parties/{trait.party_id}")
    return redirect("parties:card", trait.party_id)


def _corrected(request: StaffRequest, party: Party, kind: TraitKind) -> Trait | None:
    raw = request.GET.get("trait")
    if not raw:
        return None
    found = seen_trait(request.principal, asked_id(raw))
    if found.party_id != party.pk or found.kind_id != kind.pk or found.ended_at is not None:
        raise NotFound
    return found


def _write(request: StaffRequest, party: Party, form: TraitForm, trait: Trait | None) -> None:
    facts = {"source": "colleague", "confidence": 1.0, "said": form.cleaned_data["said"]}
    fresh = learn(request.principal, party, form.kind.code, form.value_given, **facts)
    if trait is not None and fresh.pk != trait.pk:
        forget_trait(request.principal, trait)
