"""What would come of two cards as one: the page that asks and the verb that merges both reckon with this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.operational.parties.drafts import EDITABLE, PartyDraft, clean_party
from filo.operational.parties.models import Party
from filo.operational.parties.own_fields import PREFIX
from filo.operational.parties.policies import PARTY_MERGED
from filo.operational.parties.services.editing import facts_of

KEPT, ABSORBED, BOTH = "kept", "absorbed", "both"
OF_PEOPLE = ("given_name", "family_name", "title", "gender", "birth_date")
OF_FIRMS = ("legal_name", "sector", "sdi_code")


class NotTheSame(DomainError):
    """What cannot be one card."""

    code = "not-mergeable"
    sentence = gettext_lazy("A person and an organisation cannot be one card.")


@dataclass(frozen=True)
class Choice:
    """One fact as both cards have it, and which of the two stays: kept, absorbed, or both (notes)."""

    name: str
    kept: Any
    absorbed: Any
    chosen: str

    @property
    def differs(self) -> bool:
        """Whether there is something to choose: both say something, and not the same."""
        return not _empty(self.kept) and not _empty(self.absorbed) and self.kept != self.absorbed

    @property
    def value(self) -> Any:
        """What stands on the card afterwards."""
        if self.chosen == BOTH:
            return f"{self.kept}\n\n{self.absorbed}"
        return self.absorbed if self.chosen == ABSORBED else self.kept


@dataclass(frozen=True)
class Plan:
    """`facts` are those of the kept card that become others: {name: (before, after)}."""

    kept: Party
    absorbed: Party
    choices: Sequence[Choice]
    facts: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    draft: PartyDraft | None = None


def plan_merge(principal: Principal, kept: Party, absorbed: Party, *, chosen: Mapping[str, str] | None = None) -> Plan:
    """What `merge_parties` would make of these two; `chosen` maps facts to kept, absorbed or both.

    A fact that nobody chose stays as it is on the kept card, or comes from the other where it was empty.
    Raises `Forbidden`, `NotTheSame`, `InvalidFields` for a choice that cannot be.
    """
    require_merge(principal, kept, absorbed)
    wanted, now, then = dict(chosen or {}), facts_of(kept), facts_of(absorbed)
    names = [name for name in _names(kept) if name in now or name in then]
    names += sorted(name for name in {*now, *then} if name.startswith(PREFIX))
    _refuse_unknown(principal, wanted, names)
    choices = [_choice(name, now.get(name), then.get(name), wanted.get(name, "")) for name in names]
    after = {choice.name: choice.value for choice in choices}
    changed = {name: (now.get(name), value) for name, value in after.items() if now.get(name) != value}
    draft = clean_party({**now, **after, "kind": kept.kind, "contact_points": [], "addresses": []})
    return Plan(kept, absorbed, choices, changed, draft)


def require_merge(principal: Principal, kept: Party, absorbed: Party) -> None:
    """Both have to be one's own to change, with all that others do with them. Raises `Forbidden`, `NotTheSame`."""
    principal.require("party", "edit")
    if not (PARTY_MERGED.allows(principal, kept) and PARTY_MERGED.allows(principal, absorbed)):
        raise Forbidden(
            _("Colleagues work with these customers too: somebody who looks after all of it may merge them.")
        )
    if kept.pk == absorbed.pk:
        raise NotTheSame(_("This is the same card already."))
    if kept.kind != absorbed.kind:
        raise NotTheSame


def may_merge(principal: Principal, kept: Party, absorbed: Party) -> bool:
    """Whether it would be allowed."""
    try:
        require_merge(principal, kept, absorbed)
    except DomainError:
        return False
    return True


def _names(party: Party) -> list[str]:
    others = OF_FIRMS if party.is_person else OF_PEOPLE
    return [name for name in EDITABLE if name not in others]


def _refuse_unknown(principal: Principal, wanted: Mapping[str, str], names: Sequence[str]) -> None:
    hidden = principal.hidden("party")
    for name, side in wanted.items():
        if name not in names or name in hidden:
            raise InvalidFields({name: _("There is no such field.")})
        if side not in (KEPT, ABSORBED) and not (side == BOTH and name == "notes"):
            raise InvalidFields({name: _("Choose one of: %(names)s.") % {"names": f"{KEPT}, {ABSORBED}"}})


def _choice(name: str, kept: Any, absorbed: Any, wanted: str) -> Choice:
    side = ABSORBED if _empty(kept) and not _empty(absorbed) else KEPT
    if name == "notes" and not _empty(kept) and not _empty(absorbed) and kept != absorbed:
        side = BOTH
    return Choice(name, kept, absorbed, wanted or side)


def _empty(value: Any) -> bool:
    return value in ("", None, [])
