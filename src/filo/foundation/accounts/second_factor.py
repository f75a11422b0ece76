"""Who has a second factor, who must have one, and until when it may be put off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from filo.foundation import clock
from filo.foundation.accounts.models import SecondFactorRule, User

APP, PASSKEY, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


def with_second_factor(people: QuerySet[User]) -> QuerySet[User]:
    """Each person together with whether there is a second factor, and what the role's rule asks."""
    rule = SecondFactorRule.objects.filter(role=OuterRef("role"))
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=RECOVERY)
    return people.annotate(
        has_second_factor=Exists(factors),
        second_factor_since=Subquery(rule.values("since")[:1]),
        second_factor_grace=Subquery(rule.values("grace_days")[:1]),
    )


def has_second_factor(user: User) -> bool:
    """Whether this person signs in with more than a password."""
    return bool(_told(user).has_second_factor)


def is_asked_for(user: User) -> bool:
    """Whether the role asks for a second factor and there is none yet."""
    found = _told(user)
    return found.second_factor_since is not None and not found.has_second_factor


def is_required(user: User) -> bool:
    """Whether the role asks for a second factor, with or without time to put it off."""
    return _told(user).second_factor_since is not None


def asked_until(user: User) -> datetime | None:
    """The end of the time in which it may be put off; None where nothing is asked."""
    found = _told(user)
    if not is_asked_for(found):
        return None
    begin: datetime = max(found.second_factor_since, found.created_at)
    return begin + timedelta(days=found.second_factor_grace)


def must_set_up(user: User) -> bool:
    """Whether this person may do nothing else before there is a second factor."""
    until = asked_until(user)
    return until is not None and until <= clock.now()


def factors_of(user: User) -> list[Authenticator]:
    """The app, the passkeys and the recovery codes of a person, the oldest first."""
    return list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))


def _told(user: User) -> Any:
    """The person with what `with_second_factor` adds, asked for when it was not read together."""
    if hasattr(user, "has_second_factor"):
        return user
    return with_second_factor(User.objects.filter(pk=user.pk)).get()
