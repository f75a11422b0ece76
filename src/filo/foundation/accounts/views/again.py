"""Once more before one's own sign-in is changed: the second factor, or the password of who has none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.accounts.factors.passkeys import ask_for_one_of
from filo.foundation.accounts.forms.factors import CodeForm, PasskeyForm, PasswordAgainForm
from filo.foundation.accounts.models import User
from filo.foundation.accounts.second_factor import (
    APP,
    PASSKEY,
    factors_of,
    has_second_factor,
    must_set_up,
)
from filo.foundation.accounts.views.proofs import (
    prove_by_code,
    prove_by_passkey,
    prove_by_password,
    proved_lately,
)
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.web.requests import StaffRequest

View = Callable[..., HttpResponse]


def myself(request: StaffRequest) -> User:
    """The person who is signed in, with his own eyes. Raises `Forbidden`."""
    if request.principal.viewed_by or not isinstance(request.user, User):
        raise Forbidden(_("This page is about the person who is signed in. Go back to yourself first."))
    return request.user


def proved(view: View) -> View:
    """Marks a view that asks for a fresh proof of who one is; a form has to be sent again after it."""

    @wraps(view)
    def handle(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if proved_lately(request, myself(request)):
            return view(request, *args, **kwargs)
        after = request.get_full_path()
        if request.method != "GET":
            after = reverse("accounts:my-security")
            messages.info(request, _("Say that it is you, then press it again."))
        return redirect(f"{reverse('accounts:again')}?{urlencode({'next': after})}")

    return never_cache(handle)


@never_cache
@require_http_methods(["GET", "POST"])
def again(request: StaffRequest) -> HttpResponse:
    """Asks for the second factor, or for the password where there is none."""
    user = myself(request)
    after = _after(request)
    form = _asked_form(request, user)
    if request.method == "POST" and form.is_valid() and _holds(request, user, form):
        return redirect(after)
    kinds = {found.type for found in factors_of(user)}
    context = {"form": form, "after": after, "by_password": not has_second_factor(user)}
    context |= {"has_app": APP in kinds, "has_passkey": PASSKEY in kinds, "layout": layout_for(user)}
    return render(request, "accounts/again.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def again_options(request: StaffRequest) -> HttpResponse:
    """What the browser is asked for a passkey of mine."""
    return JsonResponse(ask_for_one_of(myself(request)))


def layout_for(user: User) -> str:
    """The shell, or a page without ways elsewhere while nothing else may be done."""
    return "web/door.html" if must_set_up(user) else "web/page.html"


def _asked_form(request: HttpRequest, user: User) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if not has_second_factor(user):
        return PasswordAgainForm(data)
    return PasskeyForm(data) if data and "credential" in data else CodeForm(data)


def _holds(request: HttpRequest, user: User, form: Any) -> bool:
    try:
        if isinstance(form, PasswordAgainForm):
            prove_by_password(request, user, form.cleaned_data["password"])
        elif isinstance(form, PasskeyForm):
            prove_by_passkey(request, user, form.cleaned_data["credential"], again=True)
        else:
            prove_by_code(request, user, form.cleaned_data["code"], again=True)
    except InvalidFields as error:
        form.refuse(error)
        return False
    return True


def _after(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else reverse("accounts:my-security")
