"""How one's calendar is set up in other programs: a password for each, shown once, and ended at once."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation.accounts.models import User
from filo.foundation.accounts.tokens import revoke_token
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.web.forms import FiloForm
from filo.foundation.web.requests import StaffRequest
from filo.operational.caldav.access import make_password, passwords_of


class ProgramForm(FiloForm):
    """For which program a password is."""

    label = forms.CharField(
        label=gettext_lazy("For which device or program?"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("My telephone"), "autocomplete": "off"}),
    )


@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The steps for each program; a POST makes a password, which is seen this once."""
    request.principal.require("task", "view")
    if not isinstance(request.user, User):
        raise Forbidden
    form, secret = ProgramForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        secret = make_password(request.principal, request.user, label=form.cleaned_data["label"])
        form = ProgramForm()
    context = {
        "form": form,
        "secret": secret,
        "email": request.user.email,
        "site": settings.SITE_URL,
        "passwords": passwords_of(request.principal),
        "is_secure": settings.SECURE,
    }
    return render(request, "caldav/programs.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: StaffRequest, token_id: UUID) -> HttpResponse:
    """That program reads and writes nothing any more."""
    if token_id not in {token.pk for token in passwords_of(request.principal)}:
        raise NotFound
    revoke_token(request.principal, token_id)
    messages.success(request, _("The password is ended: that program reads your calendar no more."))
    return redirect("caldav:programs")
