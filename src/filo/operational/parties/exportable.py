"""What can be taken out of customers: all of them, the people, the organisations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, declare
from filo.foundation.filters.tree import joined, parts_of
from filo.operational.parties.columns import PARTY_COLUMNS
from filo.operational.parties.export_columns import columns_of, listed_columns
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.queries.by_field import parties_there
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import ListQuery
from filo.operational.parties.queries.representations import parties_shown
from filo.operational.parties.queries.taken import taken_parties
from filo.operational.parties.vcards import cards_of


class _Reader:
    """The list of customers, read by chunks."""

    def __init__(self, principal: Principal, asked: Asked, kind: str) -> None:
        tree = asked.tree
        if kind:
            tree = joined([*parts_of(asked.tree), {"field": "kind", "op": "is", "value": kind}])
        self._listing = PartyListing(principal, ListQuery(asked.words, tree, asked.sort or "created"))

    def count(self, most: int) -> tuple[int, bool]:
        """How many, counted no further than `most`."""
        found = self._listing.count_to(most)
        return found.number, found.exact

    def ids(self, *, cursor: str, size: int) -> tuple[list[UUID], str | None]:
        """The next chunk."""
        return self._listing.ids(cursor=cursor, size=size)


def _reader_of(kind: str) -> Callable[[Principal, Asked], _Reader]:
    return lambda principal, asked: _Reader(principal, asked, kind)


def _documents(principal: Principal, ids: Sequence[UUID]) -> Sequence[Mapping[str, Any]]:
    return parties_shown(principal, parties_there(ids))


declare(
    *(
        Exportable(
            code=code,
            label=label,
            stem=stem,
            rights=(("party", "export"), ("party", "view")),
            filters=PARTY_FILTERS,
            reader=_reader_of(kind),
            columns=columns_of(kind),
            rows=taken_parties,
            listed=listed_columns,
            usual=("name", *PARTY_COLUMNS.usual),
            sort="name",
            documents=_documents,
            cards=cards_of,
        )
        for code, kind, label, stem in (
            ("parties", "", _("Customers"), _("customers")),
            ("people", "person", _("People"), _("people")),
            ("organisations", "organisation", _("Organisations"), _("organisations")),
        )
    )
)
