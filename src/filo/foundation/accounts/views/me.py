"""Pages about oneself: preferences, password, sessions, tokens; and looking through another's eyes."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation.access.objects import declared
from filo.foundation.accounts import door, tokens
from filo.foundation.accounts.forms.me import OwnPasswordForm, PreferencesForm, TokenForm
from filo.foundation.accounts.limits import refuse_beyond
from filo.foundation.accounts.models import User
from filo.foundation.accounts.preferences import edit_own_preferences
from filo.foundation.accounts.second_factor import asked_until, has_second_factor
from filo.foundation.accounts.views.again import myself
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.web.requests import StaffRequest, public

PREFERENCES = ("language", "time_zone", "theme", "density", "letter_keys")


@require_http_methods(["GET", "POST"])
def me(request: StaffRequest) -> HttpResponse:
    """How Filo looks and speaks to me, my sessions, my tokens."""
    user = myself(request)
    form = PreferencesForm(request.POST or None, initial=_preferences_of(user))
    if request.method == "POST" and form.is_valid():
        edit_own_preferences(request.principal, user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    return _my_page(request, user, preferences=form)


@require_POST
def prefer(request: StaffRequest) -> HttpResponse:
    """One of my preferences, by a command; and back to where I was."""
    user = myself(request)
    kept = _preferences_of(user)
    chosen = {name: request.POST[name] for name in PREFERENCES if name in request.POST}
    form = PreferencesForm({**kept, **chosen}, initial=kept)
    if not form.is_valid():
        return _my_page(request, user, preferences=form)
    edit_own_preferences(request.principal, user, **form.cleaned_data)
    target = request.POST.get("next", "")
    return redirect(target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "accounts:me")


@require_POST
def change_password(request: StaffRequest) -> HttpResponse:
    """A new password closes every other session, and ends the tokens unless they are to be kept."""
    user = myself(request)
    form = OwnPasswordForm(user, request.POST)
    if not form.is_valid():
        return _my_page(request, user, password=form)
    form.save()
    old_key = request.session.session_key or ""
    update_session_auth_hash(request, user)
    new_key = request.session.session_key or ""
    door.move_session(user, old_key=old_key, new_key=new_key)
    keep_tokens = form.cleaned_data["keep_tokens"]
    door.note_password_set(user, by_link=False, but=new_key, keep_tokens=keep_tokens)
    told = _("The password is changed; every other session is closed.")
    ended = _("The password is changed; every other session is closed, and your tokens for programs have ended.")
    messages.success(request, told if keep_tokens else ended)
    return redirect("accounts:me")


@require_POST
def close_session(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """Close one of my sessions."""
    myself(request)
    door.close_session(request.principal, session_id)
    messages.success(request, _("The session is closed."))
    return redirect("accounts:me")


@require_POST
def make_token(request: StaffRequest) -> HttpResponse:
    """A token of mine; its secret is shown on this one page and never again."""
    user = myself(request)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _my_page(request, user, token=form)
    verbs = ("read", "write") if form.cleaned_data["may_write"] else ("read",)
    scopes = [f"{found.code}:{verb}" for found in declared() for verb in verbs]
    token, secret = tokens.make_token(request.principal, user, label=form.cleaned_data["label"], scopes=scopes)
    return _my_page(request, user, secret=secret, new_token=token)


@require_POST
def revoke_token(request: StaffRequest, token_id: UUID) -> HttpResponse:
    """End one of my tokens at once."""
    tokens.revoke_token(request.principal, token_id)
    messages.success(request, _("The token is revoked."))
    return redirect("accounts:me")


@require_POST
def view_as(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """From now on I look through this person's eyes, and change nothing."""
    if not request.principal.may("user", "manage"):
        raise Forbidden
    seen = User.objects.select_related("role", "unit").filter(pk=user_id, is_active=True).first()
    if seen is None:
        raise NotFound
    refuse_beyond(request.principal, seen)
    door.note_view_as(request.principal, seen)
    request.session["view_as"] = str(seen.id)
    return redirect("/")


@require_POST
def view_as_end(request: StaffRequest) -> HttpResponse:
    """Back to my own eyes."""
    request.session.pop("view_as", None)
    return redirect("/")


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Chooses the language before anyone is known."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = redirect(target)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax", secure=settings.SECURE
        )
    return response


def _my_page(request: StaffRequest, user: User, **forms: object) -> HttpResponse:
    context = {
        "preferences": PreferencesForm(initial=_preferences_of(user)),
        "password": OwnPasswordForm(user),
        "token": TokenForm(),
        "sessions": user.sessions.all()[:20],
        "session_key": request.session.session_key,
        "tokens": user.tokens.filter(revoked_at=None)[:50],
        "has_second_factor": has_second_factor(user),
        "asked_until": asked_until(user),
        **forms,
    }
    status = 422 if any(getattr(form, "errors", None) for form in forms.values()) else 200
    return render(request, "accounts/me.html", context, status=status)


def _preferences_of(user: User) -> dict[str, object]:
    return {name: getattr(user, name) for name in PREFERENCES}
