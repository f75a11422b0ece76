"""This product: parties as its API and its exports give them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.operational.transfer.sources.base import Source, keys, meanings

_PARTIES = meanings(
    """
party: id
kind: kind
company: legal_name
stage: stage
owner: owner
area: area
channel: channel
product_line: product_line
: display_name | salutation | legal_form | version | created_at | updated_at | source
"""
)
SOURCES = (Source("filo.parties", "Filo", _("customers"), "parties", keys("id", "kind", "display_name"), _PARTIES),)
