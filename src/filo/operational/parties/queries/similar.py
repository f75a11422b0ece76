"""Whom somebody may have meant who typed a name wrongly, or wrote it in one word where it is two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.folding import query_words
from filo.foundation.search.lookups import Group
from filo.foundation.search.queries import Spelling, matching_among, spelt_like, texts_of
from filo.foundation.search.spelling import can_slip
from filo.foundation.search.typed import groups_of, words_typed
from filo.operational.parties.models import Party, PartyRelation
from filo.operational.parties.policies import CONTACT_ROLES
from filo.operational.parties.queries.searching import Hits, add_worded, in_order, search_parties, seen_among

# Fewer than so many hits may be a typing error.
FEW_FOUND, MOST_SIMILAR = 3, 8
# Who is so many slips farther than the nearest is not meant.
MUCH_FARTHER = 1.0
MOST_FIRMS, WORDS_OF_BOTH = 200, (2, 3)
# What stands before a family name, joined with it or not: De Luca, Deluca, D'Angelo.
PARTICLES = ("della", "dalla", "degli", "del", "dal", "dei", "de", "di", "da", "lo", "la", "li", "d")


@dataclass(frozen=True)
class Found:
    """Who has the words as typed, and who has some that are written nearly so."""

    parties: list[Party]
    similar: list[Party]

    @property
    def all(self) -> list[Party]:
        """All of them, the surest first."""
        return [*self.parties, *self.similar]


def find_parties(principal: Principal, text: str, *, limit: int = 20, kind: str = "", few: int = FEW_FOUND) -> Found:
    """Visible parties that are called like `text`; where there are fewer than `few`, also those called nearly so."""
    parties = search_parties(principal, text, limit=limit, kind=kind)
    if not parties:
        parties = _at_their_firms(principal, text, limit=limit, kind=kind)
    if len(parties) >= min(few, limit) or _is_spelt_so(parties, text):
        return Found(parties, [])
    most = min(MOST_SIMILAR, limit - len(parties))
    return Found(parties, _similar(principal, text, {party.id for party in parties}, most=most, kind=kind))


def _is_spelt_so(parties: Sequence[Party], text: str) -> bool:
    """Whether somebody found has each word that can be mistyped as a whole word of the name: then none is."""
    wanted = {word for word in words_typed(text) if can_slip(word)}
    return any(wanted <= set(party.sort_name.split()) for party in parties)


def _similar(principal: Principal, text: str, known: set[UUID], *, most: int, kind: str) -> list[Party]:
    near = spelt_like(words_typed(text))
    found = _spelt_otherwise(principal, text, near, known, most=most, kind=kind) if near else []
    for written in () if found or known else _otherwise_joined(query_words(text)):
        found = search_parties(principal, written, limit=most, kind=kind)
        if found:
            break
    return found


def _spelt_otherwise(
    principal: Principal, text: str, near: dict[str, list[Spelling]], known: set[UUID], *, most: int, kind: str
) -> list[Party]:
    """Those with the words as typed or as some name spells them, the fewest slips first."""
    slips = [_slips(group, near) for group in groups_of(text)]
    hits = Hits(kind)
    add_worded(principal, [tuple(spellings) for spellings in slips], hits, most, thorough=not known)
    texts = texts_of("party", hits.names)
    hits.names = {key: name for key, name in hits.names.items() if key not in known and key in texts}
    apart = {key: sum(_fewest(spellings, texts[key].split()) for spellings in slips) for key in hits.names}
    floor = min(apart.values(), default=0) + MUCH_FARTHER
    hits.names = {key: name for key, name in hits.names.items() if apart[key] < floor}

    def place(party: UUID, name: str) -> tuple[float, bool, str]:
        of_the_name = sum(_fewest(spellings, name.split()) for spellings in slips) == apart[party]
        return apart[party], not of_the_name, name

    return in_order(principal, hits, place, most)


def _slips(group: Group, near: dict[str, list[Spelling]]) -> dict[str, float]:
    """The ways to write what was typed once, with the slips that each needs."""
    spellings = {one.word: one.slips for one in near.get(group[0].removesuffix("*"), [])}
    return dict.fromkeys(group, 0.0) | spellings


def _fewest(spellings: dict[str, float], words: Sequence[str]) -> float:
    def is_there(spelling: str) -> bool:
        beginning = spelling.removesuffix("*")
        return any(word.startswith(beginning) for word in words)

    return min((slips for spelling, slips in spellings.items() if is_there(spelling)), default=9.0)


def _otherwise_joined(words: Sequence[str]) -> list[str]:
    """The same with a particle joined to its name, or parted from it: *deluca* and *de luca*."""
    found = []
    for before, after in pairwise(words):
        if before in PARTICLES:
            found.append(" ".join(words).replace(f"{before} {after}", before + after, 1))
    for word in words:
        for particle in PARTICLES:
            if word.startswith(particle) and len(word) - len(particle) >= len("luca"):
                found.append(" ".join(words).replace(word, f"{particle} {word.removeprefix(particle)}", 1))
    return found


def _at_their_firms(principal: Principal, text: str, *, limit: int, kind: str) -> list[Party]:
    """People by their own words and those of the firm they are with: *anna lanificio*. The firm must be seen too."""
    groups = groups_of(text)
    if len(groups) not in WORDS_OF_BOTH or kind == "organisation":
        return []
    hits = Hits("person")
    for place in range(1, len(groups)):
        for own, firms in ((groups[:place], groups[place:]), (groups[place:], groups[:place])):
            _add_people_of(principal, own, firms, hits, limit)
    return in_order(principal, hits, lambda _party, name: name, limit)


def _add_people_of(principal: Principal, own: Sequence[Group], firms: Sequence[Group], hits: Hits, limit: int) -> None:
    seen = Hits("organisation")
    add_worded(principal, firms, seen, limit)
    if not seen.names:
        return
    links = PartyRelation.objects.filter(role__in=CONTACT_ROLES, to_party__in=list(seen.names)[:MOST_FIRMS])
    people = matching_among("party", own, links.order_by().values("from_party"))
    hits.add(seen_among(principal, people.values_list("object_id", flat=True)[:MOST_FIRMS]))
