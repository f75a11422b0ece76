"""What stands on the home of every customer's area of Gruppo Aurora."""

from __future__ import annotations

from filo.collaborative.pages.models import Page
from filo.collaborative.pages.services import keep_page, publish_page, put_block
from filo.config.demo.company import BUILDER

_BLOCKS = (
    (
        "text",
        {
            "it": "Qui trova **ordini, consegne, fatture e richieste**. Se qualcosa non torna, ci scriva.",
            "en": "Here you find **orders, deliveries, invoices and requests**. If anything is wrong, write to us.",
        },
    ),
    (
        "banner",
        {
            "it": "Per chi veste la L: **le giacche d’autunno** sono di nuovo tutte disponibili.",
            "en": "For those who wear L: **the autumn jackets** are all back.",
            "audience": "known",
            "trait": "size",
            "value": "l",
        },
    ),
)


def write_pages() -> None:
    """The one of the area, unless it is there."""
    if Page.objects.filter(slug="portal-home").exists():
        return
    page = keep_page(BUILDER, None, slug="portal-home", title_it="La sua area", title_en="Your area")
    for kind, facts in _BLOCKS:
        page = put_block(BUILDER, page, kind, facts)
    publish_page(BUILDER, page)
