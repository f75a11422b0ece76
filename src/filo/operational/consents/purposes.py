"""What a customer can agree to, in the words that he is shown; another wording is another version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Purpose:
    """label: for lists; text: what he agrees to; version: of the text, told with each answer."""

    label: str | Promise
    text: str | Promise
    version: str = "2026-11"


PURPOSES: Mapping[str, Purpose] = {
    "marketing_mail": Purpose(_("News and offers by mail"), _("You may send me news and offers by e-mail.")),
    "marketing_phone": Purpose(
        _("News and offers by phone"), _("You may call me or write to my phone with news and offers.")
    ),
    "profiling": Purpose(
        _("Personal proposals"),
        _("You may use what I buy and what I tell you of myself to propose what suits me."),
    ),
    "page_visits": Purpose(
        _("Pages that are seen"), _("You may keep which of your pages I see while you know who I am.")
    ),
    "mail_tracking": Purpose(
        _("Whether what we sent is opened"),
        _("You may notice whether and when I open the letters and quotes that you send me."),
    ),
}
