"""Where allauth meets the house: no sign-up, mail through jobs, and a record of what happened at the door."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from filo.foundation.accounts import door
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import person_by_email
from filo.foundation.web.requests import client_ip

FIRST_STEP = "filo.first-step"
FACTOR_WORDS = {"totp": "app", "webauthn": "passkey"}


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks, each handed to one service."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        return f"{settings.SITE_URL}/password/reset/key/{key}/"

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """The link of a reset was used: whoever was in with the old password is out."""
        super().set_password(user, password)
        if isinstance(user, User):
            door.note_password_set(user, by_link=True)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        reader = person_by_email(email)
        with translation.override(reader.language if reader else translation.get_language()):
            message = self.render_mail(template_prefix, email, context)
        door.send_account_mail(str(message.subject), str(message.body), to=email)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        door.note_refused_sign_in(str(credentials.get("email", "")), ip=client_ip(request))

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """The first step is done; what it was done with must still hold when the second one is."""
        request.session[FIRST_STEP] = _first_step(user)
        found: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return found

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Between the two steps the password may have been changed, or the access closed: begin anew."""
        if not user.is_active or request.session.pop(FIRST_STEP, "") != _first_step(user):
            request.session.flush()
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        door.open_session(
            User.objects.get(pk=user.pk),
            session_key=request.session.session_key or "",
            ip=client_ip(request),
            user_agent=request.headers.get("User-Agent", ""),
            by=_second_factor_used(request, user),
        )
        found: HttpResponse = super().post_login(request, user, **kwargs)
        return found


def _first_step(user: AbstractBaseUser) -> str:
    return str(user.get_session_auth_hash())


def _second_factor_used(request: HttpRequest, user: AbstractBaseUser) -> str:
    used = [record.get("type", "") for record in get_authentication_records(request, user)]
    return next((FACTOR_WORDS[kind] for kind in reversed(used) if kind in FACTOR_WORDS), "")
