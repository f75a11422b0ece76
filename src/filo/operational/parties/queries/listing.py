"""A list of customers: narrowed, sorted, paged and counted, for pages and API alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.tree import compile_with_ties
from filo.foundation.folding import fold
from filo.foundation.web.paging import (
    Count,
    Key,
    Page,
    Stretch,
    cap_for,
    capped_count,
    capped_count_of,
    page_of,
    page_of_stretches,
)
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.models import Party, Reach
from filo.operational.parties.policies import sees_everything
from filo.operational.parties.queries.by_field import field_sorted_by, page_by_field, parties_in_order
from filo.operational.parties.queries.contacts import CONTACT_SORTS, page_by_contact
from filo.operational.parties.queries.find import ids_matching, name_begins
from filo.operational.parties.queries.lists import ListQuery

SORTS: Mapping[str, tuple[Key, ...]] = {
    "name": (Key("sort_name"), Key("id")),
    "-name": (Key("sort_name", descending=True), Key("id", descending=True)),
    "created": (Key("id"),),
    "-created": (Key("id", descending=True),),
    "updated": (Key("updated_at"), Key("id")),
    "-updated": (Key("updated_at", descending=True), Key("id", descending=True)),
}
# The same orders, read from the ways to parties.
WAY_SORTS: Mapping[str, tuple[Key, ...]] = {
    "name": (Key("sort_name"), Key("party_id")),
    "-name": (Key("sort_name", descending=True), Key("party_id", descending=True)),
    "created": (Key("party_id"),),
    "-created": (Key("party_id", descending=True),),
}
SHORT, SHORT_OF_OWN = 1_000, 5_000


class PartyListing:
    """One list for one principal: its conditions are compiled once, for the count and for the page.

    Raises `BadRequest` for an unknown sort or filter, and when its page is read for a strange cursor.
    """

    def __init__(self, principal: Principal, asked: ListQuery) -> None:
        self.field = field_sorted_by(asked.sort)
        if asked.sort not in SORTS and asked.sort not in CONTACT_SORTS and self.field is None:
            raise BadRequest(_("There is no order “%(name)s”.") % {"name": asked.sort[:40]}, code="bad-sort")
        self.principal, self.asked = principal, asked
        self.ties, self.rest = compile_with_ties(asked.tree, PARTY_FILTERS, principal)
        self.words = asked.text.strip()

    @cached_property
    def count(self) -> Count:
        """How many match, counted no further than the cap."""
        if self.words:
            return self._count_of_words()
        return capped_count(self._parties) if self._is_plain else capped_count_of(self._ways, "party")

    @cached_property
    def page(self) -> Page[Party]:
        """One keyset page."""
        sort, size, cursor = self.asked.sort, self.asked.size, self.asked.cursor
        if sort in CONTACT_SORTS:
            few = self._ways_with_words if self._is_counted_short else None
            return page_by_contact(self.principal, self._parties, few, self.asked)
        if self.field is not None:
            return page_by_field(self._found, self.field, sort, size=size, cursor=cursor)
        if sort == "name" and self.words:
            return _with_parties(self._page_by_name(self.asked))
        if sort in WAY_SORTS and not self._is_plain:
            return _with_parties(self._page_of_ways(self.asked))
        return page_of(self._found, SORTS[sort], size=size, cursor=cursor)

    def ids(self, *, cursor: str, size: int) -> tuple[list[UUID], str | None]:
        """The ids of one keyset page and the cursor after it, for who reads the whole list chunk by chunk."""
        asked, sort = replace(self.asked, cursor=cursor, size=size), self.asked.sort
        page: Page[Any]
        if sort in CONTACT_SORTS:
            few = self._ways_with_words if self._is_counted_short else None
            page = page_by_contact(self.principal, self._parties.only("id", "last_contact_at"), few, asked)
        elif self.field is not None:
            page = page_by_field(self._found, self.field, sort, size=size, cursor=cursor)
        elif sort == "name" and self.words:
            page = self._page_by_name(asked)
        elif sort in WAY_SORTS and not self._is_plain:
            page = self._page_of_ways(asked)
        else:
            columns = self._found.values_list(*(key.column for key in SORTS[sort]), named=True)
            page = page_of(columns, SORTS[sort], size=size, cursor=cursor)
        return [getattr(row, "party_id", None) or row.id for row in page.rows], page.next

    def count_to(self, most: int) -> Count:
        """How many match, counted one by one as far as `most`."""
        return capped_count(self._parties, cap=most)

    @property
    def _found(self) -> QuerySet[Party]:
        """The parties of the list, in the way in which so many are best read."""
        return (
            Party.objects.filter(pk__among=self._ways_with_words.values("party")) if self._is_short else self._parties
        )

    @property
    def _is_plain(self) -> bool:
        """Whether no table but the parties' own has to be asked, words apart."""
        return self.ties == Q() and sees_everything(self.principal)

    @cached_property
    def _ways(self) -> QuerySet[Reach]:
        """The same list as ways to its parties, several of one party at times; words apart."""
        ways = Reach.objects.visible_to(self.principal).filter(self.ties, living=True)
        return ways.filter(party__in=Party.objects.filter(self.rest).order_by()) if self.rest != Q() else ways

    @cached_property
    def _ways_with_words(self) -> QuerySet[Reach]:
        return self._ways.filter(party__pk__among=self._ids) if self.words else self._ways

    @cached_property
    def _ids(self) -> QuerySet[Any, Any]:
        return ids_matching(self.principal, self.words)

    @cached_property
    def _parties(self) -> QuerySet[Party]:
        """The visible parties that match, without order."""
        found: QuerySet[Party] = Party.objects.visible_to(self.principal).filter(self.rest)
        if self.ties != Q():
            ways = Reach.objects.visible_to(self.principal).filter(self.ties, party=OuterRef("pk"))
            found = found.filter(Exists(ways))
        return found.filter(pk__among=self._ids) if self.words else found

    @property
    def _is_counted_short(self) -> bool:
        return (bool(self.words) or not self._is_plain) and self.count.exact and self.count.number <= SHORT

    @cached_property
    def _is_short(self) -> bool:
        """Whether so few are found that sorting them costs less than reading a long table in order.

        One's own are counted further, since an index holds them together.
        """
        if self._is_counted_short:
            return True
        if self.count.exact or self.count.number > SHORT or (self._is_plain and not self.words):
            return False
        if self.principal.scope("party", "view") not in (Scope.OWN, Scope.TEAM):
            return False
        return capped_count_of(self._ways_with_words, "party", cap=SHORT_OF_OWN).exact

    def _count_of_words(self) -> Count:
        """Of common words only the first hits are looked at: there are at least so many."""
        cap = cap_for(Reach)
        hits = capped_count(self._ids, cap=cap)
        found = capped_count_of(self._ways.filter(party__pk__among=self._ids[: cap + 1]), "party", cap=cap)
        return Count(found.number, exact=found.exact and hits.exact)

    def _page_by_name(self, asked: ListQuery) -> Page[Any]:
        """Names that begin with what was typed, then whoever else has these words.

        The words are looked up only where the names do not fill the page: a common one is thousands of rows.
        """
        keys, begins = WAY_SORTS["name"], name_begins(fold(self.words))
        parts = (self._ways.filter(begins), self._ways_with_words.exclude(begins))
        stretches = [Stretch(_columns(ways, keys), keys) for ways in parts]
        return page_of_stretches(stretches, size=asked.size, cursor=asked.cursor)

    def _page_of_ways(self, asked: ListQuery) -> Page[Any]:
        """Few are found first and then sorted; of many, the first fifty are met early in the order of the index."""
        keys, ways = WAY_SORTS[asked.sort], self._ways_with_words
        if self._is_short:
            ways = Reach.objects.filter(pk__among=ways.values("pk"))
        return page_of(_columns(ways, keys), keys, size=asked.size, cursor=asked.cursor)


def _columns(ways: QuerySet[Reach], keys: tuple[Key, ...]) -> QuerySet[Any, Any]:
    return ways.values_list(*(key.column for key in keys), named=True).distinct()


def _with_parties(page: Page[Any]) -> Page[Party]:
    rows = parties_in_order([row.party_id for row in page.rows])
    return Page(rows, next=page.next, previous=page.previous)
