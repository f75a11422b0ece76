"""What topics, reasons and states are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.foundation.egress import FAILURES, REFUSALS

TOPICS: dict[str, str | Promise] = {
    "due": _("What customers owe"),
    "payment": _("Payments"),
    "answer": _("Automatic answers"),
    "visitor": _("Visitors"),
    "chat": _("Chats"),
    "cobrowsing": _("Looking at pages together"),
    "appointment": _("Appointments"),
    "approval": _("Approvals"),
    "article": _("Articles of the knowledge base"),
    "call": _("Calls"),
    "connection": _("Connections to back offices"),
    "conversation": _("Conversations"),
    "deal": _("Deals"),
    "coupon": _("Coupons"),
    "dimension": _("Companies, areas, channels, lines"),
    "discount": _("Discounts"),
    "export": _("Exports"),
    "export-limits": _("Limits of exports"),
    "field": _("Custom fields"),
    "firm": _("The firm"),
    "hold": _("Holds on data"),
    "import": _("Imports"),
    "incoming-mail": _("Mail that comes in"),
    "interaction": _("Interactions"),
    "trait": _("What is known of customers"),
    "consent": _("Consents"),
    "invoice": _("Invoices"),
    "mail": _("Mail that leaves"),
    "mailbox": _("Mailboxes"),
    "message": _("Messages"),
    "party": _("People and organisations"),
    "product": _("Products"),
    "stock": _("Stock"),
    "catalogue": _("Catalogues of products"),
    "plan": _("Plans of the team"),
    "price-list": _("Price lists"),
    "offer": _("Offers"),
    "quote": _("Quotes"),
    "order": _("Orders"),
    "relationship": _("Relationships"),
    "retention": _("Rules of retention"),
    "role": _("Roles"),
    "sequence": _("Sequences of mails"),
    "task": _("Tasks"),
    "ticket": _("Requests of customers"),
    "tree": _("Decision trees"),
    "unit": _("Units"),
    "user": _("People of the firm"),
    "webhook": _("Webhooks"),
}
ERRORS: dict[str, str | Promise] = {
    **REFUSALS,
    **FAILURES,
    "status": _("The other side answered, but not with a status of 200 to 299."),
    "redirect": _("The other side answered with a redirect, which is not followed."),
}
DISABLED_BECAUSE: dict[str, str | Promise] = {
    "gone": _("The other side said that nothing is there any more (410)."),
    "failing": _("Nothing arrived for three days."),
    "secret": _("Its secret was sealed with another key of this installation. Roll the secret, then resume."),
}


def error_words(error: str) -> str:
    """Why an attempt failed, in a sentence."""
    return str(ERRORS.get(error, error))


def topic_words(topic: str) -> str:
    """What a topic is about."""
    return str(TOPICS.get(topic, topic))
