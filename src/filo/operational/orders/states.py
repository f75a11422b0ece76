"""In what states an order may be, and from where it may go where: the one table that every verb asks."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

STATES = [
    ("draft", pgettext_lazy("an order", "Draft")),
    ("confirmed", pgettext_lazy("an order", "Confirmed")),
    ("prepared", pgettext_lazy("an order", "Prepared")),
    ("part", pgettext_lazy("an order", "Partly shipped")),
    ("shipped", pgettext_lazy("an order", "Shipped")),
    ("delivered", pgettext_lazy("an order", "Delivered")),
    ("returned", pgettext_lazy("an order", "Returned")),
    ("cancelled", pgettext_lazy("an order", "Cancelled")),
]
# A way back stands here too where a verb takes one: goods that have left are never a draft again.
TRANSITIONS: dict[str, frozenset[str]] = {
    "draft": frozenset({"confirmed", "cancelled"}),
    "confirmed": frozenset({"draft", "prepared", "part", "shipped", "cancelled"}),
    "prepared": frozenset({"draft", "confirmed", "part", "shipped", "cancelled"}),
    "part": frozenset({"shipped"}),
    "shipped": frozenset({"delivered", "returned"}),
    "delivered": frozenset({"shipped", "returned"}),
    "returned": frozenset(),
    "cancelled": frozenset({"draft"}),
}
CHANGING = ("draft", "confirmed", "prepared")  # lines may still change
TO_SHIP = ("confirmed", "prepared", "part")  # something is owed to the customer
GONE = ("part", "shipped", "delivered", "returned")  # goods have left
STEPS = ("confirmed", "prepared", "shipped", "delivered")  # what is drawn as a line

SOURCES = [
    ("staff", pgettext_lazy("an order came by", "Colleague")),
    ("quote", pgettext_lazy("an order came by", "Quote")),
    ("phone", pgettext_lazy("an order came by", "Telephone")),
    ("shop", pgettext_lazy("an order came by", "Shop")),
    ("api", pgettext_lazy("an order came by", "Another program")),
]


def may_go(before: str, after: str) -> bool:
    """Whether an order may go from one state to another."""
    return after in TRANSITIONS[before]
