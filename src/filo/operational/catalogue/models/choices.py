"""What a product can be: its condition, its status and its unit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CONDITIONS = [
    ("new", pgettext_lazy("a product is", "New")),
    ("limited", pgettext_lazy("a product is", "Limited edition")),
    ("second-hand", pgettext_lazy("a product is", "Second-hand")),
]
STATUSES = [
    ("draft", pgettext_lazy("a product is", "Draft")),
    ("active", pgettext_lazy("a product is", "On sale")),
    ("retired", pgettext_lazy("a product is", "No longer sold")),
]
UNITS = [
    ("pc", _("pieces")),
    ("pair", _("pairs")),
    ("set", _("sets")),
    ("m", _("metres")),
    ("m2", _("square metres")),
    ("kg", _("kilograms")),
    ("l", _("litres")),
    ("h", _("hours")),
    ("day", _("days")),
    ("month", _("months")),
]
