"""A colleague shows the customer a page: with his consent on his screen, without it as a link in the chat."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.services.looking_card import offer_page
from filo.collaborative.cobrowse.events import PageShown
from filo.collaborative.cobrowse.models import Looking, ShownPage
from filo.collaborative.cobrowse.services.news import tell_both
from filo.collaborative.inbox.services.live import require_answering
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line


def show_page(principal: Principal, chat: Chat, url: str, title: str) -> ShownPage:
    """Show one of our public pages (`/p/…`, with its query). Raises `Forbidden`, `InvalidFields`, `Over`."""
    require_answering(principal, chat.conversation)
    url = our_page(url)
    title = clean_line(title, max_length=200) or url
    with transaction.atomic():
        shown = ShownPage.objects.create(chat=chat, operator_id=principal.user_id, url=url, title=title, at=clock.now())
        record(
            principal,
            "cobrowse.show",
            kind="conversation",
            object_id=chat.conversation_id,
            changes={"page": (None, url)},
        )
        party = chat.conversation.party_id
        announce(principal, PageShown(chat=chat.pk, party=party, shown=shown.pk, url=url[:300]))
        offer_page(principal, chat, title, url)
        if Looking.objects.filter(chat=chat, state="active").exists():
            tell_both(chat, "show", shown=str(shown.pk))
    return shown


def our_page(url: str) -> str:
    """The path and query of a public page of ours; raises `InvalidFields` for anything that leads elsewhere."""
    parts = urlsplit(url.strip())
    path = parts.path
    plain = path.startswith("/p/") and "//" not in path and "\\" not in url and ".." not in path
    if parts.scheme or parts.netloc or not plain or any(ord(sign) < 33 for sign in url.strip()):
        raise InvalidFields({"url": _("Only pages of ours can be shown: choose one whose address begins with /p/.")})
    return (f"{path}?{parts.query}" if parts.query else path)[:1000]


def note_arrival(chat: Chat, shown_id: UUID) -> None:
    """It stands on his screen."""
    ShownPage.objects.filter(pk=shown_id, chat=chat, arrived_at=None).update(arrived_at=clock.now())
