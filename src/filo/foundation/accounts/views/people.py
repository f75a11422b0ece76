"""Who works here: the list, somebody new, and one of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.accounts import services
from filo.foundation.accounts.forms.people import NewPersonForm, PersonForm
from filo.foundation.accounts.invitations import invite_again
from filo.foundation.accounts.models import User
from filo.foundation.accounts.people import people_page, person, require_people, rights_preview
from filo.foundation.accounts.rules import reset_second_factor
from filo.foundation.organisation.queries import the_firm
from filo.foundation.web.requests import StaffRequest

FIELDS = ("given_name", "family_name", "role", "unit", "language", "version")


@require_GET
def people(request: StaffRequest) -> HttpResponse:
    """The list, by name."""
    text, closed = request.GET.get("q", "")[:100], request.GET.get("state") == "closed"
    page = people_page(request.principal, text=text, closed=closed, cursor=request.GET.get("cursor", ""))
    return render(request, "accounts/people.html", {"page": page, "text": text, "closed": closed})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Somebody new, who gets an invitation by mail."""
    require_people(request.principal)
    request.principal.require("user", "create")
    firm = the_firm()
    initial = {"language": firm.language if firm else "it"}
    form = NewPersonForm(request.POST or None, initial=initial)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.done(lambda: services.add_person(request.principal, invite=True, **form.facts)):
        messages.success(request, _("The invitation is on its way to %(email)s.") % form.facts)
        return redirect("accounts:people")
    return render(request, "accounts/person_new.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Change somebody; with `preview` only show what it would change."""
    found = person(request.principal, user_id)
    request.principal.require("user", "edit")
    initial = {name: getattr(found, name) for name in FIELDS} | {"companies": list(found.companies.all())}
    form = PersonForm(request.POST or None, initial=initial)
    context = {"form": form, "person": found, "myself": found.id == request.principal.user_id}
    if request.method == "POST" and form.is_valid():
        facts = form.facts
        if "preview" in request.POST:
            wanted = {name: facts[name] for name in ("role", "unit", "companies")}
            return render(request, "accounts/person.html", context | {"preview": rights_preview(found, **wanted)})
        version = form.cleaned_data["version"] or 0
        if form.done(lambda: services.edit_person(request.principal, found, version=version, **facts)):
            messages.success(request, _("Saved."))
            return redirect("accounts:people")
    return render(request, "accounts/person.html", context, status=form.status)


@require_POST
def invite(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """The invitation once more."""
    found = person(request.principal, user_id)
    invite_again(request.principal, found)
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": found.email})
    return redirect("accounts:people")


@require_POST
def close(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Close somebody's access, with a way back."""
    found = person(request.principal, user_id)
    _set_active(request, found, active=False)
    sentence = _("%(name)s cannot sign in any more.") % {"name": found.name}
    messages.success(request, sentence, extra_tags=reverse("accounts:person-reopen", args=[found.id]))
    return redirect("accounts:people")


@require_POST
def reopen(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Open somebody's access again."""
    found = person(request.principal, user_id)
    _set_active(request, found, active=True)
    messages.success(request, _("%(name)s can sign in again.") % {"name": found.name})
    return redirect("accounts:people")


def _set_active(request: StaffRequest, user: User, *, active: bool) -> None:
    services.edit_person(request.principal, user, version=user.version, is_active=active)


@require_POST
def reset_factor(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Take away a second factor that somebody lost."""
    found = person(request.principal, user_id)
    reset_second_factor(request.principal, found)
    sentence = _("%(name)s signs in with the password alone until a new second factor is set up.")
    messages.success(request, sentence % {"name": found.name})
    return redirect("accounts:person", found.id)
