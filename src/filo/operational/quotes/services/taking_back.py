"""How acts on quotes are taken back: facts and lines of drafts, what was handed over, rejected or withdrawn.

What left by mail, what a customer accepted and what was superseded stays: a new version is the way on.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.operational.parties.services.following import put_back_piece
from filo.operational.prices.kept_lines import line_again
from filo.operational.quotes.models import EARLY, OUT, Quote, QuoteLine
from filo.operational.quotes.queries.finding import binned_quote, lines_of, seen_quote
from filo.operational.quotes.services.changing import change, locked_quote, require_quote
from filo.operational.quotes.services.ending import bring_back, discard_draft
from filo.operational.quotes.services.writing import TOLD, replace_lines, told

SUMS = ("net", "vat", "total", "cost", "off")
MOMENTS, KEYS = ("answered_at",), ("owner_id", "contact_id", "unit_id", "deal_id")


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with("quote", "quote.edit", _put_back)
    undo_with("quote", "quote.lines", _lines_back)
    for what in ("withdraw", "reject", "hand-over"):
        undo_with("quote", f"quote.{what}", _state_back)
    undo_with("quote", "quote.follow", _follow_back)
    undo_with("quote", "quote.draft", _throw_away)
    undo_with("quote", "quote.discard", _out_of_bin)
    undo_with("quote", "quote.bring-back", _throw_away)


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    quote = seen_quote(principal, entry.object_id)
    require_quote(principal, quote)
    free, since = still_there(values, plain({name: getattr(quote, name, None) for name in values}))
    if not quote.is_early and free.keys() - {"internal_note", "owner_id", "unit_id"}:
        return PutBack(left=since, refused=dict.fromkeys(free, _("It was sent meanwhile.")))
    change(principal, quote, {name: _typed(name, value) for name, value in free.items()}, what="edit")
    return PutBack(free, since)


def _follow_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    quote = seen_quote(principal, entry.object_id)
    require_quote(principal, quote)
    return put_back_piece(principal, quote, values, partial(change, what="follow"))


def _state_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """As it was before, where nothing else has happened to it; a number that was given stays given."""
    quote = seen_quote(principal, entry.object_id)
    require_quote(principal, quote)
    wanted = {name: pair for name, pair in values.items() if name not in ("number", "sent_to")}
    free, since = still_there(wanted, plain({name: getattr(quote, name, None) for name in wanted}))
    if "state" not in free:
        return PutBack(left=since)
    if free["state"] in EARLY and quote.previous_id:
        return PutBack(left=since, refused={"state": _("It has taken the place of the version before.")})
    if (
        free["state"] in OUT
        and Quote.objects.filter(previous=quote.pk, deleted_at=None, sent_at__isnull=False).exists()
    ):
        return PutBack(left=since, refused={"state": _("A newer version was sent meanwhile.")})
    facts = {name: _typed(name, value) for name, value in free.items()}
    change(principal, quote, facts, what=entry.action.removeprefix("quote."))
    return PutBack([*free, *(name for name in values if name not in wanted)], since)


def _lines_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """Each line as it was, if none of those that were changed then has been changed since."""
    quote = seen_quote(principal, entry.object_id)
    require_quote(principal, quote)
    if "lines" not in values:
        return PutBack()
    if quote.state not in ("draft", "approved"):
        return PutBack(refused={"lines": _("It was sent meanwhile.")})
    before, after = values["lines"]
    with transaction.atomic():
        locked = locked_quote(quote)
        now = {line.pk: line for line in lines_of(locked)}
        if any(UUID(one["id"]) not in now or told(now[UUID(one["id"])]) != one for one in after or []):
            return PutBack(left=["lines"])
        for one in after or []:
            del now[UUID(one["id"])]
        for one in before or []:
            line = line_again(QuoteLine, one, TOLD)
            line.quote_id = locked.pk
            now[line.pk] = line
        made = sorted(now.values(), key=lambda line: (line.position, line.pk))
        replace_lines(principal, locked, made, what="lines")
    return PutBack(list(values))


def _throw_away(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    discard_draft(principal, seen_quote(principal, entry.object_id))
    return PutBack(list(values))


def _out_of_bin(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    bring_back(principal, binned_quote(principal, entry.object_id))
    return PutBack(list(values))


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in MOMENTS:
        return datetime.fromisoformat(value)
    if name == "valid_until":
        return date.fromisoformat(value)
    return UUID(value) if name in KEYS else value
