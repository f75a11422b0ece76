"""Where the chat stands is said in the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.collaborative.chat.models import ChatPlace
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line

MOST_ORIGINS = 20
FACTS = ("name", "group_id", "company_id", "greeting_it", "greeting_en", "calls", "active")


def save_place(principal: Principal, found: ChatPlace | None, facts: Mapping[str, Any]) -> ChatPlace:
    """Make one or change it. origins: addresses of sites, one a line. Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    name = clean_line(facts.get("name", ""), max_length=120)
    if not name:
        raise InvalidFields({"name": _("Give it a name.")})
    clean = {one: facts[one] for one in FACTS if one in facts} | {"name": name}
    clean |= {one: clean_line(facts.get(one, ""), max_length=300) for one in ("greeting_it", "greeting_en")}
    clean["origins"] = origins_in(facts.get("origins", ""))
    try:
        with transaction.atomic():
            row = ChatPlace.objects.select_for_update().get(pk=found.pk) if found else ChatPlace(code=_code(name))
            changes = {one: (getattr(row, one), value) for one, value in clean.items() if getattr(row, one) != value}
            for one, value in clean.items():
                setattr(row, one, value)
            row.version += 1 if found else 0
            row.save()
            record(principal, "chat.place", kind="chat-place", object_id=row.pk, changes=_plain(changes))
    except IntegrityError:
        raise InvalidFields({"name": _("There is one with this name.")}) from None
    return row


def origins_in(text: str) -> list[str]:
    """The sites that somebody wrote, each as scheme and host. Raises `InvalidFields`."""
    found: list[str] = []
    for line in text.split():
        parts = urlsplit(line.strip().rstrip(",;"))
        if parts.scheme not in ("http", "https") or not parts.hostname or "*" in line:
            raise InvalidFields({"origins": _("Write addresses such as https://www.example.it, one a line.")})
        found.append(f"{parts.scheme}://{parts.netloc.lower()}")
    if len(found) > MOST_ORIGINS:
        raise InvalidFields({"origins": _("At most %(most)s sites.") % {"most": MOST_ORIGINS}})
    return list(dict.fromkeys(found))


def _code(name: str) -> str:
    stem = slugify(name)[:30] or "chat"
    taken = set(ChatPlace.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(one for one in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if one not in taken)


def _plain(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    return {name: (_text(before), _text(after)) for name, (before, after) in changes.items()}


def _text(value: Any) -> Any:
    return value if isinstance(value, str | bool | list | int | None) else str(value)
