"""What the house calls catalogues, categories, attributes and values in other languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line, clean_text
from filo.operational.catalogue.models import WORDINGS, Catalogue, Wording
from filo.operational.catalogue.queries.wordings import forget_wordings, key_of
from filo.operational.catalogue.services.catalogues import locked_catalogue, tell_of_catalogue

LONGEST = 10_000


@dataclass(frozen=True)
class Said:
    """A word of the house in a language; None leaves a part as it is, an empty one takes it away."""

    kind: str
    word: str
    language: str
    name: str | None = None
    description: str | None = None


def set_words(principal: Principal, words: Sequence[Said]) -> int:
    """What categories, attributes and values are called in other languages; gives how many changed.

    All of them or none. Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("product", "edit")
    _refuse(words)
    changed = 0
    with transaction.atomic():
        for one in words:
            row, changes = _write(one.kind, key_of(one.word), one)
            if changes:
                action = "wording.edit"
                told = {"word": (one.word, one.word), "kind": (one.kind, one.kind)} | changes
                record(principal, action, kind="wording", object_id=row.pk, changes=told)
                changed += 1
    forget_wordings()
    return changed


def set_catalogue_text(
    principal: Principal,
    catalogue: Catalogue,
    language: str,
    *,
    name: str | None = None,
    description: str | None = None,
    version: int | None = None,
) -> Catalogue:
    """Its name and description in another language; empty ones take them away. Raises `Forbidden`, `Stale`,
    `InvalidFields`.
    """
    principal.require("product", "edit")
    said = Said("catalogue", str(catalogue.pk), language, name, description)
    _refuse([said])
    with transaction.atomic():
        row = locked_catalogue(catalogue, version)
        _row, changes = _write("catalogue", str(row.pk), said)
        if changes:
            row.version += 1
            row.save()
            tell_of_catalogue(principal, row, "translate", changes)
    forget_wordings()
    return row


def _refuse(words: Sequence[Said]) -> None:
    for place, one in enumerate(words):
        if one.kind not in dict(WORDINGS) or not key_of(one.word):
            raise InvalidFields({f"words.{place}": _("Name a category, an attribute or a value.")})
        if one.language not in dict(settings.LANGUAGES):
            raise InvalidFields({f"words.{place}": _("Filo does not speak this language.")})


def _write(kind: str, key: str, one: Said) -> tuple[Wording, dict[str, tuple[str, str]]]:
    known = Wording.objects.select_for_update().filter(kind=kind, key=key, language=one.language).first()
    row = known or Wording(kind=kind, key=key, language=one.language)
    changes = {}
    for field, said in (("name", one.name), ("description", one.description)):
        if said is None:
            continue
        clean = clean_line(said, max_length=200) if field == "name" else clean_text(said, max_length=LONGEST)
        if clean != getattr(row, field):
            changes[f"{field}_{one.language}"] = (getattr(row, field), clean)
            setattr(row, field, clean)
    if changes and (row.name or row.description):
        row.save()
    elif changes and known:
        Wording.objects.filter(pk=row.pk).delete()
    return row, changes
