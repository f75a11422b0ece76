"""What products show on the pages of others: the rail, the palette, the settings, search."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.lists.registry import KnownList
from filo.foundation.lists.registry import register as register_list
from filo.foundation.push import topics
from filo.foundation.web.commands import Command, add_command, add_finder
from filo.foundation.web.slots import Entry, add_entry
from filo.operational.catalogue.changed import register_changes
from filo.operational.catalogue.findable import declare_words
from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.searching import named_so
from filo.operational.catalogue.services.taking_back import register_undo

SHORTEST, MOST_OFFERED = 2, 5


def register() -> None:
    """Called once, when the program starts."""
    declare_words()
    register_changes()
    register_undo()
    register_list(KnownList("products", "/products", gettext_lazy("Products"), "shopping-bag"))
    topics.register("product", _may_listen)
    rail = Entry("/products", "shopping-bag", gettext_lazy("Products"), _sees, place=40, key="g p")
    add_entry("rail", rail)
    add_entry("new", Entry("/products/new", "shopping-bag", gettext_lazy("Product"), _makes, place=60))
    add_entry(
        "settings",
        Entry(
            "/settings/catalogue",
            "shopping-bag",
            gettext_lazy("VAT and stock places"),
            lambda principal: principal.may("settings", "view"),
            place=47,
            hint=gettext_lazy("Rates and natures of VAT, warehouses and shops"),
        ),
    )
    _add_commands()


def _add_commands() -> None:
    add_finder(_by_code)
    for code, label, icon, url, words, may, place in (
        ("product.new", gettext_lazy("New product"), "plus", "/products/new", "prodotto nuovo articolo", _makes, 40),
        ("product.stock", gettext_lazy("Stock"), "store", "/stock", "magazzino giacenze scorte stock", _sees, 64),
        (
            "product.low",
            gettext_lazy("Low stock"),
            "triangle-alert",
            "/stock?low=1",
            "sottoscorta riordino esauriti",
            _sees,
            65,
        ),
        (
            "product.catalogues",
            gettext_lazy("Catalogues"),
            "book-open",
            "/catalogues",
            "cataloghi riservati collezioni",
            _sees,
            66,
        ),
        (
            "product.words",
            gettext_lazy("Words in other languages"),
            "languages",
            "/products/words",
            "traduzioni categorie attributi lingue",
            _keeps,
            67,
        ),
    ):
        add_command(Command(code, label, icon, url, may, words=words, place=place))


def _sees(principal: Principal) -> bool:
    return principal.may("product", "view")


def _keeps(principal: Principal) -> bool:
    return principal.may("product", "edit")


def _makes(principal: Principal) -> bool:
    return principal.may("product", "create")


def _by_code(principal: Principal, text: str) -> list[Command]:
    """The product whose code or barcode was typed."""
    text = text.strip()[:120]
    if len(text) <= SHORTEST or not _sees(principal):
        return []
    exact = Variant.objects.filter(named_so(text))
    rows = Product.objects.visible_to(principal).filter(Q(pk__in=exact.values("product")) | Q(code__iexact=text))
    hint = _("Product")
    return [
        Command(f"product:{one.pk}", f"{one.name} ({one.code})", "shopping-bag", f"/products/{one.pk}", hint=hint)
        for one in rows[:MOST_OFFERED]
    ]


def _may_listen(principal: Principal, product_id: str) -> bool:
    return Product.objects.visible_to(principal).filter(pk=UUID(product_id)).exists()
