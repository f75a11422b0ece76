"""A browser becomes a visitor when it asks for something of its own; it is forgotten when he says so."""

from __future__ import annotations

import secrets
from datetime import timedelta

from filo.collaborative.visitors.models import PageView, Visitor
from filo.collaborative.visitors.queries.here import hashed
from filo.collaborative.visitors.queries.seen import VISITS
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.folding import clean_line
from filo.operational.consents.queries import refuses
from filo.operational.consents.services import answer_consent

SEEN_EVERY = timedelta(minutes=1)
MOST_PAGES = 500


def new_secret() -> tuple[str, str]:
    """A secret for a browser, and what is kept of it."""
    key = secrets.token_urlsafe(32)
    return key, hashed(key)


def begin_visit(*, language: str, browser: str = "") -> tuple[Visitor, str]:
    """A new visitor and the secret that his browser keeps."""
    (key, key_hash), moment = new_secret(), clock.now()
    visitor = Visitor.objects.create(
        key_hash=key_hash,
        began_at=moment,
        seen_at=moment,
        language=language[:5],
        browser=clean_line(browser, max_length=120),
    )
    return visitor, key


def note_seen(visitor: Visitor) -> None:
    """He is still there; written once a minute at most. Whoever was away too long is known no more, unless he proved
    who he is by another request just now.
    """
    moment = clock.now()
    if moment - visitor.seen_at < SEEN_EVERY:
        return
    still = Visitor.objects.filter(pk=visitor.pk, proof=visitor.proof, seen_at=visitor.seen_at)
    if visitor.proof in ("link", "mail") and visitor.known is None:
        visitor.proof = "said"  # a browser may be another's by now: he is asked who he is again
    elif visitor.proof == "mail" and visitor.signed_in is None:
        visitor.proof = "link"
    visitor.seen_at = moment
    still.update(seen_at=moment, proof=visitor.proof)


def forget(visitor: Visitor) -> None:
    """He goes: the browser is nobody's from now on, and begins anew when it comes again."""
    Visitor.objects.filter(pk=visitor.pk, ended_at=None).update(ended_at=clock.now())


def set_history(visitor: Visitor, *, agreed: bool) -> None:
    """Whether the pages he sees may be kept; taking it back takes away what was kept."""
    Visitor.objects.filter(pk=visitor.pk).update(history=agreed, history_at=clock.now())
    visitor.history = agreed
    party = visitor.known
    if party is not None:
        answer_consent(system("visitors"), party, VISITS, given=agreed, source="page")
    if not agreed:
        PageView.objects.filter(visitor=visitor).delete()


def without_secrets(path: str) -> str:
    """The address of a page as it may be kept: what is signed in it opens that page to whoever reads it."""
    return "/".join("…" if ":" in part else part for part in path.split("/"))[:300]


def note_page(visitor: Visitor | None, path: str, title: str) -> None:
    """Keep that he saw a page, where he agreed to it; the same page again right after is not told twice. Of very many
    the oldest go.
    """
    if visitor is None or not visitor.history:
        return
    if visitor.party_id and refuses(visitor.party_id, VISITS):  # he took it back, perhaps elsewhere
        return
    path, last = without_secrets(path), PageView.objects.filter(visitor=visitor).first()
    if last is not None and last.path == path:
        return
    PageView.objects.create(visitor=visitor, path=path, title=clean_line(title, max_length=200), at=clock.now())
    too_old = PageView.objects.filter(visitor=visitor).values_list("pk", flat=True)[MOST_PAGES:]
    PageView.objects.filter(pk__in=list(too_old)).delete()
