"""The second step of a sign-in, and the sign-in with a passkey alone."""

from __future__ import annotations

from typing import Any

from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.core.internal import ratelimit
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.accounts import door
from filo.foundation.accounts.factors.passkeys import anybodys, ask_for_one_of
from filo.foundation.accounts.forms.factors import CodeForm, PasskeyForm
from filo.foundation.accounts.models import User
from filo.foundation.accounts.second_factor import APP, PASSKEY, RECOVERY, factors_of
from filo.foundation.accounts.views.proofs import no_passkey, prove_by_code, prove_by_passkey
from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import client_ip, public


@public
@never_cache
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """After the password: a code of the app, a passkey or a recovery code."""
    stage = _stage(request)
    if stage is None:
        return redirect("account_login")
    user: User = stage.login.user
    if "begin_anew" in request.POST:
        return _answer(stage.abort())
    data = request.POST if request.method == "POST" else None
    form: Any = PasskeyForm(data) if data and "credential" in data else CodeForm(data)
    if data is not None and form.is_valid() and _holds(request, user, form):
        return _answer(stage.exit())
    kinds = {found.type for found in factors_of(user)}
    context = {
        "form": form,
        "has_app": APP in kinds,
        "has_passkey": PASSKEY in kinds,
        "has_codes": RECOVERY in kinds,
        "by_recovery": "recovery" in request.GET,
        "person": user,
    }
    return render(request, "accounts/second.html", context, status=422 if form.errors else 200)


@public
@never_cache
@require_GET
def second_options(request: HttpRequest) -> HttpResponse:
    """What the browser is asked for a passkey of whoever gave the password."""
    stage = _stage(request)
    if stage is None:
        return redirect("account_login")
    return JsonResponse(ask_for_one_of(stage.login.user))


@public
@never_cache
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: the question, and the browser's answer to it."""
    if request.user.is_authenticated:
        return redirect("/")
    if request.method == "GET":
        return JsonResponse(ask_for_one_of(None))
    limited = ratelimit.consume_or_429(request, app="allauth.mfa", action="webauthn_login")
    if limited is not None:
        return _answer(limited)
    form = PasskeyForm(request.POST)
    found = anybodys(form.cleaned_data["credential"]) if form.is_valid() else None
    if found is None:
        door.note(None, "second-factor-refused", ip=client_ip(request))
        messages.error(request, no_passkey())
        return redirect("account_login")
    after = request.POST.get("next", "")
    login = Login(user=found.user, redirect_url=after if url_has_allowed_host_and_scheme(after, None) else None)
    return _answer(perform_passwordless_login(request, found, login))


def _stage(request: HttpRequest) -> Any:
    """The half of a sign-in that is done, as allauth keeps it (untyped); None without one."""
    return None if request.user.is_authenticated else LoginStageController.enter(request, AuthenticateStage.key)


def _holds(request: HttpRequest, user: User, form: forms.Form) -> bool:
    try:
        if isinstance(form, PasskeyForm):
            prove_by_passkey(request, user, form.cleaned_data["credential"])
        else:
            prove_by_code(request, user, form.cleaned_data["code"])
    except InvalidFields as error:
        form.refuse(error)  # type: ignore[attr-defined]  # both are FiloForms
        return False
    return True


def _answer(response: Any) -> HttpResponse:
    """allauth's answers are untyped."""
    found: HttpResponse = response
    return found
