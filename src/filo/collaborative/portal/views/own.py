"""What we know of him, how we reach him, his browsers and his data."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.portal.door import CustomerRequest, signed_in
from filo.collaborative.portal.forms import ChangeForm, FactForm
from filo.collaborative.portal.queries import browser_of, browsers_of, points_of, trait_of
from filo.collaborative.portal.services import may_take_copy, take_copy, want_change
from filo.collaborative.visitors.services import forget as forget_visitor
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.limits import may_once_more
from filo.operational.consents.purposes import PURPOSES
from filo.operational.consents.queries import standings
from filo.operational.consents.services import answer_consent
from filo.operational.exports.downloads import attachment
from filo.operational.exports.services.personal import name_of_copy
from filo.operational.profile.models import TraitKind
from filo.operational.profile.queries import kinds_for, traits_of
from filo.operational.profile.services import confirm_trait, forget_trait, learn

COPIES, CHANGES = (3, 3600), (5, 3600)  # times, within seconds


@require_GET
@signed_in
def facts(request: CustomerRequest) -> HttpResponse:
    """What we know of him, and from where."""
    context = {"here": "facts", "known": traits_of(request.party, request.customer), "kinds": kinds_for(request.party)}
    return render(request, "portal/facts.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def fact(request: CustomerRequest, code: str, trait_id: UUID | None = None) -> HttpResponse:
    """He says something of himself, or corrects what we know."""
    kind = TraitKind.objects.filter(code=code, active=True).first()
    trait = trait_of(request.customer, trait_id) if trait_id else None
    if kind is None or (trait is not None and trait.kind_id != kind.pk):
        raise NotFound
    form = FactForm(kind, request.POST or None, trait=trait)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = learn(request.customer, request.party, code, form.value_given, source="portal", confidence=1)
            if trait is not None and trait.pk != fresh.pk:
                forget_trait(request.customer, trait)
            messages.success(request, _("Thank you, noted."))
            return redirect("portal:facts")
        except InvalidFields as error:
            form.refuse(error)
    context = {"here": "facts", "form": form, "kind": kind}
    return render(request, "portal/fact.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def judge(request: CustomerRequest, trait_id: UUID) -> HttpResponse:
    """It is so, or it shall be forgotten."""
    trait = trait_of(request.customer, trait_id)
    if request.POST.get("what") == "confirm":
        confirm_trait(request.customer, trait)
        messages.success(request, _("Thank you, noted."))
    else:
        forget_trait(request.customer, trait)
        messages.success(request, _("Forgotten."))
    return redirect("portal:facts")


@require_http_methods(["GET", "POST"])
@signed_in
def data(request: CustomerRequest) -> HttpResponse:
    """How we reach him, where he is signed in, and his data; a change of details goes to colleagues."""
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not may_once_more(request, "portal.change", CHANGES):
            form.add_error(None, _("Too many tries. Wait an hour."))
        else:
            want_change(request.customer, text=form.cleaned_data["text"])
            messages.success(request, _("We have it: a colleague changes it and tells you."))
            return redirect("portal:data")
    context = {
        "here": "data",
        "form": form,
        "party": request.party,
        "points": points_of(request.customer),
        "addresses": list(request.party.addresses.all()),
        "browsers": browsers_of(request.customer),
        "mine": request.visitor.pk,
        "may_take": may_take_copy(request.party),
        "standings": standings(request.customer, request.party),
    }
    return render(request, "portal/data.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def consent(request: CustomerRequest) -> HttpResponse:
    """He agrees to something, or takes it back: one press each; `yes` or `no` names what."""
    given = "yes" in request.POST
    purpose = request.POST.get("yes" if given else "no", "")
    if purpose not in PURPOSES:
        raise NotFound
    answer_consent(request.customer, request.party, purpose, given=given, source="portal")
    messages.success(request, _("Thank you, noted.") if given else _("Taken back: it counts at once."))
    return redirect(f"{reverse('portal:data')}#of-{purpose}")


@require_POST
@signed_in
def copy(request: CustomerRequest) -> HttpResponse | FileResponse:
    """All that we hold about him, as a ZIP."""
    if not may_once_more(request, "portal.copy", COPIES):
        messages.error(request, _("Too many tries. Wait an hour."))
        return redirect("portal:data")
    file, party = take_copy(request.customer)
    return attachment(file, name_of_copy(party), "application/zip")


@require_POST
@signed_in
def forget(request: CustomerRequest, visitor_id: UUID) -> HttpResponse:
    """One of his browsers is nobody's from now on."""
    forget_visitor(browser_of(request.customer, visitor_id))
    messages.success(request, _("That browser is nobody’s again."))
    return redirect("portal:data")
