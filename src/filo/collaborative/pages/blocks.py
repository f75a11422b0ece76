"""What a block may hold, and how it is shown to one visitor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from filo.collaborative.knowledge.marks import as_html
from filo.collaborative.pages.asking import AskingForm, questions_of
from filo.collaborative.pages.models import title_in
from filo.foundation.access.principal import system
from filo.foundation.filters.tree import compile_tree
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.models import Product
from filo.operational.consents.queries import refuses
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.queries.mailing import mail_of
from filo.operational.profile.queries import trait_values

KINDS = [
    ("text", _("Text")),
    ("picture", _("Picture")),
    ("products", _("Products")),
    ("form", _("Form for a request")),
    ("banner", _("Banner")),
]
AUDIENCES = [
    ("", _("everybody")),
    ("known", _("whom we know")),
    ("unknown", _("whom we do not know")),
    ("customers", _("customers")),
]
# What each kind holds, besides its id and its kind.
HOLDS: Mapping[str, tuple[str, ...]] = {
    "text": ("it", "en"),
    "picture": ("picture", "it", "en"),
    "products": ("it", "en", "category", "most"),
    "form": ("it", "en", "ask_it", "ask_en"),
    "banner": ("it", "en", "audience", "trait", "value"),
}
MOST_BLOCKS, MOST_PRODUCTS, LONGEST = 60, 24, 20_000
READER = system("pages")


@dataclass(frozen=True)
class Shown:
    """A block as one visitor sees it. html: its text, safe; words: its text as it was typed; form: with its questions,
    none for one that only leads to a page.
    """

    kind: str
    id: str
    html: SafeString
    words: str
    picture: str = ""
    products: Sequence[Product] = ()
    form: AskingForm | None = None


def shown(blocks: Sequence[Mapping[str, Any]], party: Party | None, *, filled_for: Party | None = None) -> list[Shown]:
    """The blocks that this visitor is meant to see; party: as whom he is known; filled_for: whose name and address
    stand in forms already, which the page then must not leave in the browser.
    """
    return [_shown(block, filled_for) for block in blocks if _is_for(block, party)]


def _shown(block: Mapping[str, Any], party: Party | None) -> Shown:
    kind, words = str(block["kind"]), title_in(str(block.get("it", "")), str(block.get("en", "")))
    products = _products(block) if kind == "products" else ()
    asked = questions_of(block) if kind == "form" else []
    form = AskingForm(asked, initial=_who(party), prefix=str(block["id"])) if asked else None
    return Shown(kind, str(block["id"]), as_html(words), words, str(block.get("picture", "")), products, form)


def _who(party: Party | None) -> dict[str, str]:
    return {"name": party.display_name, "address": mail_of(party)} if party else {}


def _products(block: Mapping[str, Any]) -> list[Product]:
    """Those shown to every customer today, of a category if one is named."""
    parts: list[dict[str, Any]] = [{"field": "shown", "op": "is", "value": "yes"}]
    if block.get("category"):
        parts.append({"field": "category", "op": "is", "value": block["category"]})
    found = Product.objects.filter(compile_tree({"and": parts}, PRODUCT_FILTERS, READER), reserved=False)
    return list(found.order_by("name", "pk")[: int(block.get("most") or 6)])


def _is_for(block: Mapping[str, Any], party: Party | None) -> bool:
    if block["kind"] != "banner":
        return True
    audience = block.get("audience", "")
    if (audience == "unknown" and party is not None) or (audience in ("known", "customers") and party is None):
        return False
    if audience == "customers" and not Relationship.objects.filter(party=party, stage="customer").exists():
        return False
    trait, value = str(block.get("trait", "")), str(block.get("value", ""))
    if not trait:
        return True
    return party is not None and value in trait_values(party, trait) and not refuses(party, "profiling")
