"""My security: the authenticator app, passkeys and recovery codes of the person who is signed in."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.accounts import door
from filo.foundation.accounts.factors import changes
from filo.foundation.accounts.factors.codes import FEW, recovery_codes_left
from filo.foundation.accounts.factors.passkeys import ask_for_a_new_one, new_one
from filo.foundation.accounts.forms.factors import CodeForm, NewPasskeyForm, PasskeyNameForm
from filo.foundation.accounts.models import User
from filo.foundation.accounts.second_factor import APP, PASSKEY, asked_until, factors_of, must_set_up
from filo.foundation.accounts.views.again import layout_for, myself, proved
from filo.foundation.accounts.views.proofs import no_passkey
from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import StaffRequest


@never_cache
@require_GET
def my_security(request: StaffRequest) -> HttpResponse:
    """What my sign-in asks for besides the password."""
    return _page(request, myself(request))


@proved
@require_http_methods(["GET", "POST"])
def app(request: StaffRequest) -> HttpResponse:
    """The key for the authenticator app, as a picture and as text; it counts once a code of it was typed."""
    user, secret = myself(request), get_totp_secret()
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = changes.turn_on_app(request.principal, user, secret=secret, code=form.cleaned_data["code"])
        except InvalidFields as error:
            form.refuse(error)
        else:
            clear_totp_secret(request)
            return _turned_on(request, user, codes, _("The authenticator app is on."))
    picture = get_adapter().build_totp_svg(get_adapter().build_totp_url(user, secret))
    context = {
        "form": form,
        "picture": f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}",
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "layout": layout_for(user),
    }
    return render(request, "accounts/app.html", context, status=422 if form.errors else 200)


@proved
@require_http_methods(["GET", "POST"])
def passkey_new(request: StaffRequest) -> HttpResponse:
    """A passkey of this device or of a key that is plugged in."""
    user, form = myself(request), NewPasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        credential = new_one(form.cleaned_data["credential"])
        if credential is not None:
            name = form.cleaned_data["name"]
            codes = changes.add_passkey(request.principal, user, name=name, credential=credential)
            return _turned_on(request, user, codes, _("The passkey is added."))
        form.add_error("credential", no_passkey())
    context = {"form": form, "layout": layout_for(user)}
    return render(request, "accounts/passkey_new.html", context, status=422 if form.errors else 200)


@proved
@require_GET
def passkey_options(request: StaffRequest) -> HttpResponse:
    """What the browser is asked to make a passkey."""
    return JsonResponse(ask_for_a_new_one(myself(request)))


@proved
@require_POST
def passkey_rename(request: StaffRequest, passkey_id: int) -> HttpResponse:
    """Another name for one of my passkeys."""
    user, form = myself(request), PasskeyNameForm(request.POST)
    if not form.is_valid():
        return _page(request, user, wrong_name=(passkey_id, form))
    changes.rename_passkey(request.principal, user, passkey_id, name=form.cleaned_data["name"])
    messages.success(request, _("Saved."))
    return redirect("accounts:my-security")


@proved
@require_POST
def remove(request: StaffRequest, factor_id: int) -> HttpResponse:
    """Take away my app or one of my passkeys."""
    user = myself(request)
    changes.remove_factor(request.principal, user, factor_id, but=request.session.session_key)
    renew_session(request, user)
    messages.success(request, _("It is removed; every other session is closed."))
    return redirect("accounts:my-security")


@proved
@require_POST
def codes(request: StaffRequest) -> HttpResponse:
    """Fresh recovery codes, shown on this one page and never again."""
    user = myself(request)
    return _codes_page(request, changes.new_recovery_codes(request.principal, user))


@proved
@require_POST
def close_sessions(request: StaffRequest) -> HttpResponse:
    """Close every session of mine but this one."""
    door.close_other_sessions(request.principal, myself(request), but=request.session.session_key or "")
    messages.success(request, _("Every other session is closed."))
    return redirect("accounts:me")


def renew_session(request: StaffRequest, user: User) -> None:
    """Another key for this session, because what it rests on has changed."""
    old = request.session.session_key or ""
    request.session.cycle_key()
    door.move_session(user, old_key=old, new_key=request.session.session_key or "")


def _turned_on(request: StaffRequest, user: User, made: list[str], sentence: str) -> HttpResponse:
    renew_session(request, user)
    messages.success(request, sentence)
    if made:
        return _codes_page(request, made, first=must_set_up(user))
    return redirect("/" if must_set_up(user) else "accounts:my-security")


def _codes_page(request: StaffRequest, made: list[str], *, first: bool = False) -> HttpResponse:
    shown = [f"{code[:4]} {code[4:]}" for code in made]
    title = _("Recovery codes for Filo")
    text = quote("\r\n".join([title, str(request.user), "", *shown, ""]))
    context = {"codes": shown, "text": f"data:text/plain;charset=utf-8,{text}", "first": first}
    return render(request, "accounts/codes.html", context)


def _page(request: StaffRequest, user: User, *, wrong_name: tuple[int, PasskeyNameForm] | None = None) -> HttpResponse:
    factors = factors_of(user)
    passkeys = []
    for found in factors:
        if found.type == PASSKEY:
            wrong = wrong_name is not None and wrong_name[0] == found.pk
            form = wrong_name[1] if wrong_name and wrong else PasskeyNameForm(initial={"name": found.data["name"]})
            form.auto_id = f"id_{found.pk}_%s"
            passkeys.append((found, form))
    left = recovery_codes_left(factors)
    context = {
        "app": next((found for found in factors if found.type == APP), None),
        "passkeys": passkeys,
        "codes_left": left,
        "few_codes": left is not None and left <= FEW,
        "asked_until": asked_until(user),
        "must": must_set_up(user),
        "layout": layout_for(user),
    }
    return render(request, "accounts/my_security.html", context, status=422 if wrong_name else 200)
