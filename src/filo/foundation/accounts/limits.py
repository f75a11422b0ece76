"""What no change of rights may do: reach beyond one's own, or leave nobody who administers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.access.queries import effective_grants, goes_beyond
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import governing_roles, visibility_scheme
from filo.foundation.errors import DomainError, Forbidden


def refuse_more_than_own(principal: Principal, *roles: Role | None) -> None:
    """Nobody gives or takes rights beyond his own. Raises `Forbidden`."""
    scheme = visibility_scheme()
    for role in roles:
        if role is not None and goes_beyond(principal, effective_grants(role, scheme=scheme)):
            raise Forbidden(_("Nobody can give, change or take rights that he does not have himself."))


def keep_an_administrator() -> None:
    """Somebody must be left who looks after people, roles and settings. Raises `DomainError`."""
    if not User.objects.filter(is_active=True, role__in=governing_roles()).exists():
        raise DomainError(
            _("Somebody must remain administrator: give the role to another person first."),
            code="last-administrator",
        )
