"""A draft is written: its facts, and all its lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.errors import InvalidFields
from filo.foundation.ids import uuid7
from filo.operational.parties.models import Party
from filo.operational.prices.kept_lines import told_line
from filo.operational.quotes.drafts import LineDraft, clean_facts, clean_lines
from filo.operational.quotes.models import Quote, QuoteLine
from filo.operational.quotes.queries.finding import draft_lines, lines_of
from filo.operational.quotes.queries.pricing import priced_lines
from filo.operational.quotes.queries.sums import sums_of
from filo.operational.quotes.services.changing import (
    change,
    keep,
    locked_quote,
    refuse_stale,
    refuse_unless,
    remember,
    require_quote,
)

KEPT = tuple(field.attname for field in QuoteLine._meta.concrete_fields if field.attname not in ("id", "quote_id"))
TOLD = ("id", *(name for name in KEPT if name != "reasons"))
REPRICING = {"currency", "gross"}


def change_quote(principal: Principal, quote: Quote, *, version: int | None = None, **facts: Any) -> Quote:
    """Change title, terms, notes, last day, language, contact, owner of a draft; an internal note of any quote.

    Another currency prices the lines anew. Raises `Forbidden`, `InvalidFields`, `DomainError`, `Stale`.
    """
    require_quote(principal, quote)
    clean = clean_facts(facts)
    _refuse_unknown(quote, clean)

    def wanted(locked: Quote) -> dict[str, Any]:
        changing = {name for name, value in clean.items() if getattr(locked, name) != value}
        if changing - {"internal_note", "owner_id"}:
            refuse_unless(locked, "draft", "approved")
        found = dict(clean)
        if "owner_id" in changing and clean["owner_id"]:
            owner = User.objects.get(pk=clean["owner_id"])
            found["unit_id"] = owner.unit_id if owner.unit_id is not None else locked.unit_id
        return found

    with transaction.atomic():
        found, changes = change(principal, quote, wanted, what="edit", version=version)
        if changes.keys() & REPRICING:
            found = reprice(principal, found)
    return found


def _refuse_unknown(quote: Quote, clean: dict[str, Any]) -> None:
    problems = {}
    if clean.get("owner_id") and not User.objects.filter(pk=clean["owner_id"], is_active=True).exists():
        problems["owner"] = _("Choose somebody who works here.")
    contact = clean.get("contact_id")
    if contact and not Party.objects.filter(pk=contact, kind="person", deleted_at=None).exists():
        problems["contact"] = _("Choose a person of this customer.")
    if problems:
        raise InvalidFields(problems)


def write_lines(principal: Principal, quote: Quote, lines: Sequence[LineDraft], *, version: int | None = None) -> Quote:
    """All lines of a draft as they shall be, in order; those with an id of a line of this quote are that line.

    Lines that do not change are not written. Raises `Forbidden`, `InvalidFields`, `DomainError`, `Stale`.
    """
    require_quote(principal, quote)
    drafts = clean_lines(lines)
    made = priced_lines(quote, drafts)
    with transaction.atomic():
        locked = locked_quote(quote)
        refuse_unless(locked, "draft", "approved")
        refuse_stale(locked, version, {"lines": (_("other lines"), _("your lines"))})
        return replace_lines(principal, locked, made, what="lines")


def reprice(principal: Principal, quote: Quote) -> Quote:
    """What the engine says of every line today, but for what was typed by hand."""
    return write_lines(principal, quote, draft_lines(quote))


def replace_lines(principal: Principal, locked: Quote, made: Sequence[QuoteLine], *, what: str) -> Quote:
    """Put these lines in place of those that a locked quote has, writing only what differs."""
    before = {line.pk: line for line in lines_of(locked)}
    known = {line.pk for line in made if line.pk in before}
    _own_ids([line for line in made if line.pk not in known])
    gone = [line for key, line in before.items() if key not in known]
    new = [line for line in made if line.pk not in known]
    moved = [line for line in made if line.pk in known and facts_of(line) != facts_of(before[line.pk])]
    changes: dict[str, tuple[Any, Any]] = {}
    if gone or new or moved:
        old = [before[line.pk] for line in moved] + gone
        changes["lines"] = ([told(line) for line in old], [told(line) for line in (*moved, *new)])
    sums = sums_of(made, gross=locked.gross, currency=locked.currency).as_facts()
    changes |= {name: (getattr(locked, name), value) for name, value in sums.items() if getattr(locked, name) != value}
    if locked.state == "approved" and "off" in changes and sums["off"] > changes["off"][0]:
        changes["state"] = ("approved", "draft")
    if not changes:
        return locked
    QuoteLine.objects.filter(pk__in=[line.pk for line in gone]).delete()
    QuoteLine.objects.bulk_create(
        [*moved, *new], update_conflicts=True, unique_fields=["id"], update_fields=list(KEPT_COLUMNS)
    )
    for name, (_before, value) in changes.items():
        if name != "lines":
            setattr(locked, name, value)
    keep(locked)
    remember(principal, locked, what, changes)
    return locked


KEPT_COLUMNS = tuple(field.name for field in QuoteLine._meta.concrete_fields if field.attname in KEPT)


def _own_ids(lines: Sequence[QuoteLine]) -> None:
    """New lines keep the ids that they came with, unless a line of another quote has one."""
    taken = set(QuoteLine.objects.filter(pk__in=[line.pk for line in lines]).values_list("pk", flat=True))
    for line in lines:
        if line.pk in taken:
            line.pk = uuid7()


def facts_of(line: QuoteLine) -> tuple[Any, ...]:
    """All that is kept of a line, for comparing."""
    return tuple(getattr(line, name) for name in KEPT)


def told(line: QuoteLine) -> dict[str, Any]:
    """A line as the audit keeps it; why its price is so is told anew when it is written again."""
    return told_line(line, TOLD)
