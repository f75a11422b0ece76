"""Pages on the homes, and in the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.pages.blocks import shown
from filo.collaborative.pages.queries import home_page
from filo.collaborative.pages.services import register_undo
from filo.collaborative.visitors.door import visitor_in
from filo.foundation.audit.showing import show
from filo.foundation.web.slots import Entry, add_entry, fill

Panel = Callable[[HttpRequest, object], tuple[str, dict[str, Any]] | None]


def register() -> None:
    """Called once, when the program starts."""
    register_undo()
    for home in ("portal", "shop"):
        fill(f"{home}.home.main", _home(f"{home}-home"), place=10)
    show(
        "page",
        _("Public pages"),
        {
            "slug": _("Address"),
            "title_it": _("Title in Italian"),
            "title_en": _("Title in English"),
            "blocks": _("Blocks"),
            "live": _("Version that is public"),
            "from_day": _("Shown from"),
            "until_day": _("Shown until"),
        },
        actions={
            "page.block": pgettext_lazy("a page", "Changed"),
            "page.order": pgettext_lazy("a page", "Put in order"),
            "page.publish": pgettext_lazy("a page", "Published"),
            "page.withdraw": pgettext_lazy("a page", "Withdrawn"),
        },
    )
    add_entry(
        "settings",
        Entry(
            "/settings/pages",
            "file-text",
            _("Public pages"),
            lambda principal: principal.may("settings", "view"),
            place=58,
            hint=_("Texts, pictures, products and banners, without code"),
        ),
    )


def _home(slug: str) -> Panel:
    def panel(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
        found, visitor = home_page(slug), visitor_in(request)
        if found is None:
            return None
        return "pages/_blocks.html", {"blocks": shown(found.blocks, visitor.known if visitor else None), "page": found}

    return panel
