"""What no change of rights may do: reach beyond one's own, or leave nobody who administers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.access.queries import effective_grants, goes_beyond
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import governing_roles, governs, visibility_scheme
from filo.foundation.errors import DomainError, Forbidden
from filo.foundation.organisation.models import SellingCompany, Unit


def refuse_more_than_own(principal: Principal, *roles: Role | None) -> None:
    """Nobody gives or takes rights beyond his own. Raises `Forbidden`."""
    scheme = visibility_scheme()
    for role in roles:
        if role is not None and goes_beyond(principal, effective_grants(role, scheme=scheme)):
            raise Forbidden(_("Nobody can give, change or take rights that he does not have himself."))


def refuse_beyond(principal: Principal, user: User) -> None:
    """Nobody touches the rights of somebody whose role, unit or companies reach beyond his own. Raises `Forbidden`."""
    refuse_more_than_own(principal, user.role)
    refuse_wider(principal, unit=user.unit, companies=user.companies.all())


def refuse_wider(principal: Principal, *, unit: Unit | None, companies: Iterable[SellingCompany]) -> None:
    """Nobody places people where he does not work himself: in another company, or outside his unit.

    Whoever governs the whole firm places people anywhere. Raises `Forbidden`.
    """
    if principal.kind == "system":
        return
    wanted = {company.id for company in companies}
    own = principal.company_ids
    if own is not None and (not wanted or not wanted <= own):
        raise Forbidden(_("Nobody can place people in companies where he does not work himself."))
    if unit is not None and not governs(principal.grants) and not _is_below(principal.unit_id, unit):
        raise Forbidden(_("Nobody can place people outside his own unit."))


def _is_below(own: UUID | None, unit: Unit) -> bool:
    mine = Unit.objects.filter(pk=own).first() if own else None
    return mine is not None and unit.path.startswith(mine.path)


def keep_an_administrator() -> None:
    """Somebody must be left who looks after people, roles and settings. Raises `DomainError`."""
    if not User.objects.filter(is_active=True, role__in=governing_roles()).exists():
        raise DomainError(
            _("Somebody must remain administrator: give the role to another person first."),
            code="last-administrator",
        )
