"""Why a person sees a party or not, in sentences, from the very rules that decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import Trace
from filo.foundation.access.words import scope_sentence
from filo.foundation.accounts.models import User
from filo.operational.parties.models import Party
from filo.operational.parties.policies import PARTY_SEEN, RELATIONSHIP_SEEN, relationships_of_firms


@dataclass(frozen=True)
class Reason:
    """One way in which the party could be seen, and whether it opens."""

    heading: str
    trace: Trace


@dataclass(frozen=True)
class Reasons:
    """The verdict and every way that was tried."""

    sees: bool
    scope: str
    ways: list[Reason]


def reasons(principal: Principal, party: Party) -> Reasons:
    """Every relationship through which `principal` could see `party`, and what the rules say of it."""
    ways = [
        Reason(_heading(row), RELATIONSHIP_SEEN.trace(principal, row))
        for row in party.relationships.select_related("company", "product_line", "owner", "unit")
    ]
    ways += [
        Reason(
            _("As a contact of %(name)s: %(relationship)s")
            % {"name": row.party.display_name, "relationship": _heading(row)},
            RELATIONSHIP_SEEN.trace(principal, row),
        )
        for row in relationships_of_firms(party)
    ]
    sees = PARTY_SEEN.allows(principal, party)
    return Reasons(sees, scope_sentence(principal, "party", "view"), ways)


def _heading(row: object) -> str:
    owner = getattr(row, "owner", None)
    words = {
        "company": row.company.name,  # type: ignore[attr-defined]
        "unit": row.unit.name if row.unit else _("no unit"),  # type: ignore[attr-defined]
        "owner": owner.name if owner else _("nobody"),
    }
    return _("%(company)s, unit %(unit)s, followed by %(owner)s") % words


def who_sees(party: Party, people: Iterable[tuple[User, Principal]]) -> list[tuple[User, bool, bool]]:
    """For each person: whether they see the party, and whether by seeing everything."""
    return [
        (user, PARTY_SEEN.allows(principal, party), principal.scope("party", "view") is Scope.ALL)
        for user, principal in people
    ]
