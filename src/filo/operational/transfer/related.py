"""Cells that name another customer in a field of the firm's own: by Filo ID, e-mail, VAT number or name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.folding import organisation_sort_key
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.tax import clean_vat
from filo.operational.parties.models import ContactPoint, Party
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.keys import WRITTEN

Found = Mapping[str, set[UUID]]


def relate_own(principal: Principal, rows: Sequence[Facts]) -> None:
    """Put the customers that cells name in the place of the words, as far as this principal sees them.

    A word that names nobody, or several, is told in its row and left out.
    """
    words = {word for facts in rows for word in facts.related.values()}
    if not words:
        return
    seen: QuerySet[Party] = Party.objects.visible_to(principal)
    ways = [_by_id(seen, words), _by_email(seen, words)]
    if "vat_number" not in principal.hidden("party"):
        ways.append(_by_vat(seen, words))
    ways.append(_by_name(seen, words))
    for facts in rows:
        for code, word in facts.related.items():
            found = next((way[word] for way in ways if way.get(word)), set())
            if len(found) == 1:
                facts.own[code] = str(next(iter(found)))
                continue
            sentence = (
                _("Several customers are called “%(name)s”: name the one that is meant by e-mail or Filo ID.")
                if found
                else _("There is no customer “%(name)s” here.")
            )
            facts.warn(facts.columns.get(code, ""), sentence % {"name": word[:80]})


def _by_id(seen: QuerySet[Party], words: Collection[str]) -> Found:
    ids: dict[UUID, str] = {}
    for word in words:
        try:
            ids[UUID(word)] = word
        except ValueError:
            continue
    return {ids[pk]: {pk} for pk in seen.filter(pk__in=ids).values_list("pk", flat=True)} if ids else {}


def _by_email(seen: QuerySet[Party], words: Collection[str]) -> Found:
    asked = {word.lower(): word for word in words if "@" in word}
    if not asked:
        return {}
    points = ContactPoint.objects.filter(normalised__in=asked, type__in=WRITTEN, party__in=seen.values("pk"))
    return _gathered((asked[value], pk) for value, pk in points.values_list("normalised", "party_id"))


def _by_vat(seen: QuerySet[Party], words: Collection[str]) -> Found:
    asked: dict[str, str] = {}
    for word in words:
        with suppress(InvalidIdentity):
            asked[clean_vat(word)] = word
    rows = seen.filter(vat_number__in=asked).exclude(vat_number="") if asked else seen.none()
    return _gathered((asked[number], pk) for number, pk in rows.values_list("vat_number", "pk"))


def _by_name(seen: QuerySet[Party], words: Collection[str]) -> Found:
    """An organisation by its folded name, a person by the name as it is shown."""
    firms = {word: organisation_sort_key(word)[:260] for word in words}
    rows = seen.filter(kind="organisation", sort_name__in=set(firms.values())).values_list("sort_name", "pk")
    named = _gathered(rows)
    people = _gathered(seen.filter(kind="person", display_name__in=words).values_list("display_name", "pk"))
    return {word: {*named.get(name, ()), *people.get(word, ())} for word, name in firms.items()}


def _gathered(pairs: Iterable[tuple[str, UUID]]) -> Found:
    found: dict[str, set[UUID]] = defaultdict(set)
    for word, pk in pairs:
        found[word].add(pk)
    return found
