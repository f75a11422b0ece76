"""The first page of an empty workspace; it vanishes once there is a firm."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from filo.foundation.accounts import door, first_start
from filo.foundation.accounts.forms.start import StartForm
from filo.foundation.accounts.models import User
from filo.foundation.errors import NotFound
from filo.foundation.web.requests import client_ip, public

BACKEND = "filo.foundation.accounts.backend.Backend"


@public
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Makes the firm and its first administrator, who is then signed in."""
    if not first_start.is_needed():
        raise NotFound
    form = StartForm(request.POST or None, initial={"language": translation.get_language()})
    if request.method == "POST" and form.is_valid():
        made: list[User] = []
        if form.done(lambda: made.append(first_start.start(ip=client_ip(request), **form.facts))):
            return _sign_in(request, made[0])
    return render(request, "accounts/start.html", {"form": form}, status=form.status)


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend=BACKEND)
    door.open_session(
        user,
        session_key=request.session.session_key or "",
        ip=client_ip(request),
        user_agent=request.headers.get("User-Agent", ""),
    )
    return redirect("/")
