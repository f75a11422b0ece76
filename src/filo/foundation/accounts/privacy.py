"""What is held about the people of the firm, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.models import SecurityEvent, UserSession
from filo.foundation.keeping import Held, KeptKind, Proposal, deleted, keep
from filo.foundation.personal import DELETED, Basis, Category, Erasure, PersonalData, Whose, declare


def _sessions() -> QuerySet[UserSession]:
    return UserSession.objects.all()


def _security_log() -> QuerySet[SecurityEvent]:
    return SecurityEvent.objects.all()


def _close(keys: Sequence[Any]) -> None:
    going = UserSession.objects.filter(pk__in=keys)
    Session.objects.filter(session_key__in=list(going.values_list("session_key", flat=True))).delete()
    going.delete()


def _held(held: Held) -> Q:
    return Q(user__in=held.people)


keep(
    KeptKind(
        code="sessions",
        label=_("Sessions that nobody uses"),
        what_goes=_("Device and address of a sign-in; whoever comes back signs in again"),
        rows=_sessions,
        moment="seen_at",
        purge=_close,
        held=_held,
        proposals=[Proposal(91)],
    ),
    KeptKind(
        code="security-log",
        label=_("Security log"),
        what_goes=_("Who signed in from where, and what was refused"),
        rows=_security_log,
        moment="at",
        purge=deleted(_security_log),
        held=_held,
        proposals=[Proposal(365)],
    ),
)
declare(
    PersonalData(
        model="accounts.User",
        label=_("People of the firm"),
        columns={
            "email": Category.CONTACT,
            "given_name": Category.IDENTITY,
            "family_name": Category.IDENTITY,
            "role": Category.TECHNICAL,
            "unit": Category.TECHNICAL,
            "language": Category.TECHNICAL,
            "time_zone": Category.TECHNICAL,
            "last_login": Category.BEHAVIOUR,
        },
        whose=(Whose.COLLEAGUE,),
        purpose=_("Let people work, each with the rights of a role"),
        basis=Basis.CONTRACT,
        person=("id",),
        erasure=Erasure("anonymise", {"email": "", "given_name": "", "family_name": ""}),
        kept_words=_("As long as somebody works here; the name stays with what was done"),
    ),
    PersonalData(
        model="accounts.UserSession",
        label=_("Open sessions"),
        columns={"ip": Category.TECHNICAL, "user_agent": Category.TECHNICAL, "seen_at": Category.BEHAVIOUR},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Let people recognise and close their sessions"),
        basis=Basis.INTEREST,
        person=("user",),
        kept="sessions",
    ),
    PersonalData(
        model="accounts.ApiToken",
        label=_("Tokens of programs"),
        columns={"label": Category.TECHNICAL, "prefix": Category.TECHNICAL, "used_at": Category.BEHAVIOUR},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Let programs act for somebody"),
        basis=Basis.CONTRACT,
        person=("user",),
        kept_words=_("As long as somebody works here"),
    ),
    PersonalData(
        model="accounts.SecurityEvent",
        label=_("Security log"),
        columns={
            "at": Category.BEHAVIOUR,
            "kind": Category.BEHAVIOUR,
            "ip": Category.TECHNICAL,
            "detail": Category.TECHNICAL,
        },
        whose=(Whose.COLLEAGUE,),
        purpose=_("See who signed in, and what was tried"),
        basis=Basis.INTEREST,
        person=("user",),
        erasure=Erasure("anonymise", {"user": None, "ip": None, "detail": ""}),
        kept="security-log",
    ),
    PersonalData(
        model="accounts.AttemptCount",
        label=_("Counted attempts at the door"),
        columns={"key": Category.TECHNICAL},
        whose=(Whose.COLLEAGUE, Whose.VISITOR),
        purpose=_("Slow down whoever guesses passwords"),
        basis=Basis.INTEREST,
        erasure=DELETED,
        kept_words=_("A day at most"),
    ),
)
