"""What administrators decide about second factors: which roles need one, and that a lost one is taken away."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.accounts import door
from filo.foundation.accounts.factors.letters import tell
from filo.foundation.accounts.limits import refuse_beyond, refuse_more_than_own
from filo.foundation.accounts.models import SecondFactorRule, User
from filo.foundation.accounts.second_factor import RECOVERY
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields

MOST_GRACE_DAYS = 90


def ask_second_factor_of(principal: Principal, role: Role, *, needed: bool, grace_days: int = 0) -> None:
    """Whoever has this role needs a second factor, after so many days; or is free to have one.

    The days begin when it is first asked. Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("user", "manage")
    refuse_more_than_own(principal, role)
    if not 0 <= grace_days <= MOST_GRACE_DAYS:
        raise InvalidFields({"grace_days": _("Give between 0 and 90 days.")})
    with transaction.atomic():
        before = SecondFactorRule.objects.select_for_update().filter(role=role).first()
        was = before.grace_days if before else None
        will = grace_days if needed else None
        if was == will:
            return
        if not needed:
            SecondFactorRule.objects.filter(role=role).delete()
        else:
            since = before.since if before else clock.now()
            SecondFactorRule.objects.update_or_create(role=role, defaults={"grace_days": grace_days, "since": since})
        changes = {"second_factor_days": (was, will)}
        record(principal, "role.second-factor", kind="role", object_id=role.id, changes=changes)
        kind = "second-factor-asked" if needed else "second-factor-free"
        door.note(principal.user_id, kind, detail=role.code)


def reset_second_factor(principal: Principal, user: User) -> None:
    """Take away every second factor of somebody who lost it; their sessions are closed, and they are told by mail.

    Raises `Forbidden` (also for one's own: that is done in My security), `DomainError` when there is none.
    """
    principal.require("user", "manage")
    if user.id == principal.user_id:
        raise Forbidden(_("Your own second factor is changed in My security."))
    refuse_beyond(principal, user)
    with transaction.atomic():
        locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        if not Authenticator.objects.filter(user_id=locked.pk).exclude(type=RECOVERY).exists():
            raise DomainError(_("%(name)s has no second factor.") % {"name": locked.name}, code="no-second-factor")
        Authenticator.objects.filter(user_id=locked.pk).delete()
        door.close_all_sessions(locked)
        record(principal, "user.second-factor-reset", kind="user", object_id=locked.id, changes={})
        door.note(locked, "second-factor-reset", detail=principal.name)
        tell(locked, "second-factor-reset", principal.name)
