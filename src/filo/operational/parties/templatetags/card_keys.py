"""`{% card_keys %}`: what the keys press on an open card; `party|as_subject`: what its commands are about."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from filo.foundation.access.principal import Principal
from filo.foundation.web.commands import commands_about
from filo.operational.parties.models import Party
from filo.operational.parties.queries.card import Duty
from filo.operational.parties.queries.commanded import card_from

register = template.Library()


@register.filter
def as_subject(party: Party) -> str:
    """How a page tells the palette which party it is about."""
    return f"party:{party.id}"


@register.simple_tag
def card_keys(principal: Principal, party: Party, duties: Sequence[Duty], may_edit: bool) -> SafeString:
    """The commands about this party that have a key, as links nobody sees; the sheet of keys tells of them."""
    card = card_from(party, duties, may_edit=may_edit)
    found = ((one.key, one.address(principal, card)) for one in commands_about(principal, "party") if one.key)
    links = format_html_join("", '<a data-key="{}" href="{}"></a>', ((key, url) for key, url in found if url))
    return format_html("<div hidden>{}</div>", links)
