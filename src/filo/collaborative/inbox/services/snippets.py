"""Texts kept ready: written, changed, taken away."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.inbox.models import Snippet
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.folding import clean_line, clean_text

LIMIT = 20_000


def keep_snippet(
    principal: Principal, snippet: Snippet | None, *, code: str, title: str, text_it: str, text_en: str, mine: bool
) -> Snippet:
    """Write a text, or change one; the firm's are for who edits the settings. Raises `Forbidden`, `InvalidFields`."""
    _require(principal, snippet, mine=mine)
    with transaction.atomic():
        found = snippet or Snippet()
        found.code, found.title = code, clean_line(title, max_length=120)
        found.text_it, found.text_en = (clean_text(text, max_length=LIMIT) for text in (text_it, text_en))
        found.owner_id = principal.user_id if mine else None
        others = Snippet.objects.filter(code=code, owner=found.owner_id).exclude(pk=found.pk)
        if others.exists():
            raise InvalidFields({"code": _("There is a text of this name already.")})
        found.version += 0 if found._state.adding else 1
        found.save()
        record(principal, "snippet.keep", kind="snippet", object_id=found.id, changes={"title": (None, found.title)})
    return found


def remove_snippet(principal: Principal, snippet: Snippet) -> None:
    """Take a text away. Raises `Forbidden`."""
    _require(principal, snippet, mine=snippet.owner_id is not None)
    with transaction.atomic():
        gone = {name: (getattr(snippet, name), None) for name in ("code", "title", "text_it", "text_en")}
        record(principal, "snippet.remove", kind="snippet", object_id=snippet.id, changes=gone)
        snippet.delete()


def _require(principal: Principal, snippet: Snippet | None, *, mine: bool) -> None:
    principal.require("correspondence", "edit")
    if snippet is not None and snippet.owner_id not in (None, principal.user_id):
        raise Forbidden
    if not mine or (snippet is not None and snippet.owner_id is None):
        principal.require("settings", "edit")
