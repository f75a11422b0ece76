"""Who can be named with @: colleagues who work here and may see the customer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people, people_who_ask, principal_of
from filo.foundation.folding import fold
from filo.operational.parties.mentions import handle_of
from filo.operational.parties.models import Party
from filo.operational.parties.policies import PARTY_SEEN

OFFERED, SCANNED = 8, 40


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be named, and how."""

    id: UUID
    name: str
    handle: str


def people_by_handle() -> dict[str, list[UUID]]:
    """Everybody who works here under his name and under the first part of his address."""
    found: dict[str, list[UUID]] = defaultdict(list)
    for pk, given, family, email in active_people().values_list("pk", "given_name", "family_name", "email"):
        for handle in {handle_of(given, family), handle_of(email.partition("@")[0], "")}:
            found[handle].append(pk)
    return found


def colleagues_for(principal: Principal, party: Party, typed: str) -> list[Colleague]:
    """Colleagues whose name begins as typed and who may see this party, at most eight; who works it comes first."""
    working = {row.owner_id for row in party.relationships.all()}
    working |= {member.user_id for row in party.relationships.all() for member in row.members.all()}
    return colleagues_like(principal, typed, first=working, told=lambda person: can_be_told(person, party))


def colleagues_like(
    principal: Principal, typed: str, *, first: Collection[UUID | None], told: Callable[[User], bool]
) -> list[Colleague]:
    """Colleagues whose name begins as typed and of whom `told` says yes, at most eight; those in `first` come first."""
    found = [person for person in _named_like(typed)[:SCANNED] if person.pk != principal.user_id]
    people = sorted(found, key=lambda person: (person.pk not in first, person.name))
    by_handle, offered = people_by_handle(), list[Colleague]()
    for person in people:
        if len(offered) < OFFERED and told(person):
            offered.append(Colleague(person.pk, person.name, _own_handle(person, by_handle)))
    return offered


def can_be_told(person: User, party: Party) -> bool:
    """Whether this colleague may see the party, and what is written about it."""
    theirs = principal_of(person)
    return theirs.may("interaction", "view") and PARTY_SEEN.allows(theirs, party)


def _named_like(typed: str) -> QuerySet[User]:
    words = [word for word in fold(typed.replace(".", " ")).split() if word][:3]
    found = people_who_ask().filter(is_active=True).prefetch_related("companies")
    for word in words:
        found = found.filter(Q(given_name__istartswith=word) | Q(family_name__istartswith=word) | _within(word))
    return found.order_by("given_name", "family_name")


def _within(word: str) -> Q:
    """Of a name in several words, each may be the one that is typed."""
    return Q(given_name__icontains=f" {word}") | Q(family_name__icontains=f" {word}") | Q(email__istartswith=word)


def _own_handle(person: User, by_handle: dict[str, list[UUID]]) -> str:
    """The name, or what stands before the @ of the address when two have the same name."""
    handle = handle_of(person.given_name, person.family_name)
    if handle and by_handle.get(handle) == [person.pk]:
        return handle
    return handle_of(person.email.partition("@")[0], "")
