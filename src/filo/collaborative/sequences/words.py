"""How changes of sequences read, and what people are told of them."""

from __future__ import annotations

from collections.abc import Sequence as Listed
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.sequences.models import REASONS, Enrolment, Sequence
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind
from filo.operational.parties.queries.naming import names_of

STOPPED = "sequence.stopped"
FIELDS: dict[str, Label] = {
    "name": gettext_lazy("Name"),
    "owner_id": pgettext_lazy("a sequence", "Whose"),
    "mailbox_id": gettext_lazy("Mailbox"),
    "active": gettext_lazy("In use"),
}
RUN_FIELDS: dict[str, Label] = {
    "sequence": gettext_lazy("Sequence of mails"),
    "party": gettext_lazy("Customer"),
    "reason": gettext_lazy("Reason"),
}
ACTIONS: dict[str, Label] = {"sequence.keep": pgettext_lazy("a sequence", "Written")}
RUN_ACTIONS: dict[str, Label] = {
    "sequence.start": pgettext_lazy("a sequence", "Started"),
    "sequence.stop": pgettext_lazy("a sequence", "Stopped"),
    "sequence.refuse": pgettext_lazy("a sequence", "The customer wants no more"),
}


def register_words() -> None:
    """Called once, when the program starts."""
    show("sequence", gettext_lazy("Sequences of mails"), FIELDS, words=_of_sequences, actions=ACTIONS)
    show("sequence-run", gettext_lazy("Mails in a sequence"), RUN_FIELDS, words=_of_runs, actions=RUN_ACTIONS)
    declare_kind(
        NoticeKind(STOPPED, gettext_lazy("A sequence that I started stops"), "mail-warning", _stopped, by_mail=True)
    )


def _stopped(facts: Facts) -> str:
    why = str(REASONS.get(str(facts.data.get("reason")), "")) % {"detail": facts.data.get("detail", "")}
    return _("The sequence of mails to %(name)s has stopped. %(why)s") % {"name": facts.name, "why": why}


def _of_sequences(principal: Principal, entries: Listed[AuditEntry]) -> Telling:
    seen = Sequence.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    things = {row.pk: Thing(row.name, f"/inbox/sequences/{row.pk}") for row in seen}
    return Telling(lambda _name, raw: value_words(raw), things)


def _of_runs(principal: Principal, entries: Listed[AuditEntry]) -> Telling:
    ids = [entry.object_id for entry in entries]
    seen = Enrolment.objects.visible_to(principal).for_list().filter(pk__in=ids)
    things = {row.pk: Thing(row.party.display_name, f"/parties/{row.party_id}") for row in seen}
    parties = {UUID(str(raw)) for entry in entries for raw in entry.changes.get("party", ()) if raw}
    names = names_of(principal, parties) if parties else {}

    def value(name: str, raw: Any) -> str | None:
        if name == "party" and raw:
            return names.get(UUID(str(raw)))
        if name == "reason" and raw:
            return str(REASONS.get(str(raw), raw)) % {"detail": "…"}
        return value_words(raw)

    return Telling(value, things)
