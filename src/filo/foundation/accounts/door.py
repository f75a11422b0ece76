"""Verbs at the door: sessions opened and closed, passwords set, links to set one, and what is kept of it."""

from __future__ import annotations

from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import SecurityEvent, User, UserSession
from filo.foundation.errors import Forbidden
from filo.foundation.mail.services import queue_mail


def open_session(user: User, *, session_key: str, ip: str, user_agent: str, by: str = "") -> None:
    """Note a session that was just opened, so that its owner can recognise and close it."""
    with transaction.atomic():
        UserSession.objects.update_or_create(
            session_key=session_key,
            defaults={"user": user, "ip": ip, "user_agent": user_agent[:300], "seen_at": clock.now()},
        )
        SecurityEvent.objects.create(kind="signed-in", user=user, ip=ip, detail=by)


def move_session(user: User, *, old_key: str, new_key: str) -> None:
    """The session has another key from now on; it is the same one to its owner."""
    UserSession.objects.filter(user=user, session_key=old_key).update(session_key=new_key)


def close_session(principal: Principal, session_id: UUID) -> None:
    """Close one of one's own sessions at once."""
    with transaction.atomic():
        found = UserSession.objects.filter(pk=session_id, user=principal.user_id).first()
        if found is None:
            return
        Session.objects.filter(session_key=found.session_key).delete()
        found.delete()
        SecurityEvent.objects.create(kind="session-closed", user_id=principal.user_id)


def close_other_sessions(principal: Principal, user: User, *, but: str) -> None:
    """Close all of one's own sessions except this one."""
    if principal.user_id != user.id or principal.viewed_by:
        raise Forbidden
    with transaction.atomic():
        close_all_sessions(user, but=but)
        note(user, "sessions-closed")


def close_all_sessions(user: User, *, but: str | None = None) -> None:
    """Close every session of a person (all but the one with key `but`)."""
    found = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    Session.objects.filter(session_key__in=list(found.values_list("session_key", flat=True))).delete()
    found.delete()


def note_password_set(user: User, *, by_link: bool, but: str | None = None, keep_tokens: bool = False) -> None:
    """A new password was chosen: every session but the one with key `but` is closed, tokens end, and it is kept."""
    with transaction.atomic():
        close_all_sessions(user, but=but)
        if not keep_tokens:
            end_tokens(user)
        note(user, "password-reset" if by_link else "password-changed")


def end_tokens(user: User) -> int:
    """Every token of a person ends at once, for good; gives how many there were."""
    living = user.tokens.filter(revoked_at=None)
    labels = list(living.values_list("label", flat=True))
    living.update(revoked_at=clock.now())
    for label in labels:
        note(user, "token-revoked", detail=label)
    return len(labels)


def note(user: User | UUID | None, kind: str, *, detail: str = "", ip: str | None = None) -> None:
    """Keep what happened at somebody's door."""
    user_id = user.id if isinstance(user, User) else user
    SecurityEvent.objects.create(kind=kind, user_id=user_id, ip=ip, detail=detail[:200])


def note_refused_sign_in(email: str, *, ip: str) -> None:
    """Keep that somebody was refused at the door (who is only kept when the address is known)."""
    user = User.objects.filter(email=email.strip().lower()).first()
    SecurityEvent.objects.create(kind="sign-in-refused", user=user, ip=ip)


def note_view_as(principal: Principal, seen: User) -> None:
    """Keep that somebody looked through another's eyes."""
    principal.require("user", "manage")
    SecurityEvent.objects.create(kind="viewed-as", user_id=principal.user_id, detail=seen.email)


def send_account_mail(subject: str, text: str, *, to: str) -> None:
    """Queue a mail about somebody's own account (reset, changed password)."""
    queue_mail(to=to, subject=subject, text=text)


def set_password_link(user: User) -> str:
    """An address where this person can choose a password: once, and for three days."""
    return (
        f"{settings.SITE_URL}/password/reset/key/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/"
    )
