"""What is proposed: what is in stock in his size, best first, each with the reasons that put it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from filo.collaborative.assistant.queries.known import Known
from filo.collaborative.shop.queries.cards import Card, cards_of
from filo.collaborative.shop.queries.finding import offers_found
from filo.collaborative.shop.queries.shelves import Shelf
from filo.collaborative.shop.wish import Wish, wish_written
from filo.foundation.folding import fold
from filo.operational.catalogue.models import ProductValue, Stock, Variant
from filo.operational.profile.services.kinds import kind_coded

LOOKED_AT, SHOWN = 80, 6
SIZES, COLOURS, FIBRES = ("taglia", "size"), ("colore", "colour", "color"), ("fibre", "fibers", "materiale", "material")


@dataclass(frozen=True)
class Proposal:
    """A product with why it is proposed."""

    card: Card
    reasons: Sequence[str]


@dataclass(frozen=True)
class _Wanted:
    """What he wants, as catalogues write it (folded); labels are how it is told."""

    size: frozenset[str]
    colours: frozenset[str]
    wanted: frozenset[str]
    avoided: frozenset[str]
    labels: Mapping[str, str]


def proposals_for(shelf: Shelf, known: Known, language: str) -> list[Proposal]:
    """At most six, of the topic if there is one, else of what sells best; none that he cannot wear or will not."""
    if known.guided is not None and not known.guided.shows_goods:
        return []
    rows = offers_found(shelf, _wish(known)).rows.select_related("product")
    found = list(rows.prefetch_related("product__texts").order_by("-sold", "product")[:LOOKED_AT])
    wanted = _wanted(known)
    values = _values_of(one.pk for one in found)
    there = _variants_there([one.pk for one in found], wanted) if wanted.size else None
    fitting = [one for one in found if (there is None or one.pk in there) and not _avoided(values[one.pk], wanted)]
    cards = {card.product.pk: card for card in cards_of(shelf, fitting, language)}
    told = [
        (one, cards[one.pk], _reasons(cards[one.pk], values[one.pk], wanted, known))
        for one in fitting
        if one.pk in cards
    ]
    told.sort(key=lambda row: -len(row[2]))
    return [Proposal(card, reasons) for _offer, card, reasons in told[:SHOWN]]


def _wish(known: Known) -> Wish:
    """What he looks for, narrowed by where the tree of his topic leads."""
    guided = known.guided
    if guided is None:
        return Wish(text=known.topic, stocked=True)
    found = wish_written(guided.filter)
    said = tuple((name, value) for name, value, _label in guided.attributes)
    return found.but(text=found.text or known.topic, attributes=(*found.attributes, *said), stocked=True)


def _wanted(known: Known) -> _Wanted:
    labels: dict[str, str] = {}

    def written(code: str) -> frozenset[str]:
        kind = kind_coded(code)
        found = set()
        for value in known.facts.get(code, ()):
            for each, it, en in kind.choices:
                if each == value:
                    found |= {fold(each), fold(it), fold(en)}
                    labels.update(dict.fromkeys((fold(each), fold(it), fold(en)), dict(kind.answers).get(each, each)))
        return frozenset(found)

    return _Wanted(
        written("size"), written("colours-liked"), written("fibres-wanted"), written("fibres-avoided"), labels
    )


def _values_of(products: Iterable[UUID]) -> dict[UUID, dict[str, set[str]]]:
    ids = list(products)
    found: dict[UUID, dict[str, set[str]]] = {one: {} for one in ids}
    for product, name, value in ProductValue.objects.filter(product__in=ids).values_list("product", "name", "value"):
        found[product].setdefault(name, set()).add(value)
    return found


def _variants_there(products: Sequence[UUID], wanted: _Wanted) -> set[UUID]:
    """The products of which his size is in stock, in a colour he likes where he said one and there is one."""
    rows = list(Variant.objects.filter(product__in=products, active=True).select_related("product"))
    free = set(
        Stock.objects.filter(
            variant__in=[row.pk for row in rows], place__active=True, on_hand__gt=F("reserved")
        ).values_list("variant", flat=True)
    )
    fits = [
        row
        for row in rows
        if (row.pk in free or not row.product.stocked)
        and any(fold(str(value)) in wanted.size for name, value in row.values.items() if fold(name) in SIZES)
    ]
    return {row.product_id for row in fits}


def _avoided(values: Mapping[str, set[str]], wanted: _Wanted) -> bool:
    """Whether it is of what he does not want; "synthetic" also names what is written as synthetics, or mixed."""
    fibres = {value for name in FIBRES for value in values.get(name, ())}
    stems = {one[:7] for one in wanted.avoided}
    mixed = "mist" if any(one.startswith(("sintet", "synth")) for one in wanted.avoided) else "\0"
    return any(fibre[:7] in stems or fibre.startswith(mixed) for fibre in fibres)


def _reasons(card: Card, values: Mapping[str, set[str]], wanted: _Wanted, known: Known) -> list[str]:
    found = []
    if wanted.size:
        found.append(
            _("your size %(size)s is there") % {"size": next(iter(sorted(wanted.labels[s] for s in wanted.size)))}
        )
    colours = {value for name in COLOURS for value in values.get(name, ())} & wanted.colours
    if colours:
        said = sorted({wanted.labels[one] for one in colours})
        found.append(_("in a colour you like: %(colour)s") % {"colour": ", ".join(said)})
    for name, value, label in known.guided.attributes if known.guided else ():
        if value in values.get(name, ()):
            found.append(_("as you said: %(what)s") % {"what": label})
    if card.was is not None:
        found.append(_("on offer this month") if known.offers else _("on offer"))
    fibres = {value for name in FIBRES for value in values.get(name, ())}
    if any(fibre[:6] in {one[:6] for one in wanted.wanted} for fibre in fibres) or (
        wanted.avoided and "naturali" in fibres
    ):
        found.append(_("natural fibres"))
    return found
