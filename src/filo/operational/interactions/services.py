"""Verbs about interactions: log, correct, take back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import people_who_ask, principal_of
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Sentence, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.search import services as search
from filo.operational.activities.services import add_task
from filo.operational.interactions.attaching import Upload, keep_files
from filo.operational.interactions.events import (
    ColleaguesMentioned,
    InteractionEdited,
    InteractionLogged,
    InteractionRemoved,
)
from filo.operational.interactions.findable import KIND, text_of
from filo.operational.interactions.mentioning import people_by_handle
from filo.operational.interactions.models import CHANNELS, Interaction, InteractionActor, InteractionMention, Outcome
from filo.operational.interactions.policies import INTERACTION_DELETED, INTERACTION_EDITED
from filo.operational.interactions.queries import unreached_outcomes
from filo.operational.parties.mentions import handles_in
from filo.operational.parties.models import Party, Relationship, TimelineEntry
from filo.operational.parties.policies import RELATIONSHIP_SEEN
from filo.operational.parties.services.rebuilding import reckon_contacts
from filo.operational.parties.services.stages import showed_interest
from filo.operational.parties.services.timeline import note_contact, page_changed, tell

BODY_LIMIT = 100_000
EDITABLE = ("direction", "at", "minutes", "subject", "outcome", "body")


def log_interaction(
    principal: Principal,
    party: Party,
    *,
    channel: str,
    at: datetime | None = None,
    direction: str = "",
    subject: str = "",
    outcome: Outcome | None = None,
    body: str = "",
    minutes: int | None = None,
    colleagues: Iterable[UUID] = (),
    people: Iterable[Party] = (),
    number: str = "",
    files: Sequence[Upload] = (),
    next_title: str = "",
    next_due: date | None = None,
    next_kind: str = "task",
) -> Interaction:
    """Keep what happened with a party this principal sees; the author is also the owner.

    `at` is aware and not in the future (None: now); `minutes` is how long it took; `people` are seen too; `number`
    is that which was called, or a fax went to or came from.
    With `next_title` the next step becomes a task in the same act. Raises `Forbidden` and `InvalidFields`.
    """
    principal.require("interaction", "create")
    moment = at or clock.now()
    facts = _clean(channel, moment, direction, subject, outcome, body, minutes)
    relationship = _relationship(principal, party)
    with transaction.atomic():
        first_contact = Party.objects.select_for_update(no_key=True).get(pk=party.pk).last_contact_at is None
        found = Interaction.objects.create(
            party=party,
            relationship=relationship,
            company_id=relationship.company_id if relationship else None,
            unit_id=_unit(principal, relationship),
            channel=channel,
            author_id=principal.user_id,
            owner_id=principal.user_id,
            number=clean_line(number, max_length=40),
            created_at=clock.now(),
            **facts,
        )
        _add_actors(found, colleagues, people)
        keep_files(found, files)
        _settle(principal, found, first_contact=first_contact)
        if next_title.strip():
            add_task(principal, title=next_title, party=party, due_on=next_due, kind=next_kind)
    return found


def _settle(principal: Principal, found: Interaction, *, first_contact: bool) -> None:
    """Tell it on the card, make it findable, and do what follows from it."""
    named = _name_colleagues(found) if "@" in found.body else []
    entries = _tell(principal, found)
    search.note_new(KIND, {found.id: text_of(found)})
    if _is_contact(found.channel, found.outcome):
        note_contact(entries)
    _apply_rules(principal, found, first_contact=first_contact)
    changes = {"channel": (None, found.channel), "party": (None, found.party_id)}
    record(principal, "interaction.log", kind="interaction", object_id=found.id, changes=changes)
    announce(principal, InteractionLogged(interaction=found.id, party=found.party_id, channel=found.channel))
    _announce_named(principal, found, named)
    page_changed(principal, [entry.party_id for entry in entries], "timeline")


def edit_interaction(
    principal: Principal, interaction: Interaction, *, version: int | None, **fields: Any
) -> Interaction:
    """Correct direction, time, minutes, subject, outcome or body. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("interaction", "edit")
    if not INTERACTION_EDITED.allows(principal, interaction):
        raise Forbidden
    with transaction.atomic():
        locked = Interaction.objects.select_for_update().select_related("party").get(pk=interaction.pk)
        wanted = {name: fields.get(name, getattr(locked, name)) for name in EDITABLE}
        facts = _clean(locked.channel, **wanted)
        changes = {
            name: (getattr(locked, name), value) for name, value in facts.items() if getattr(locked, name) != value
        }
        if version is not None and version != locked.version:
            raise Stale({k: (str(a), str(b)) for k, (a, b) in changes.items()}, version=locked.version)
        if changes:
            for name, value in facts.items():
                setattr(locked, name, value)
            locked.version += 1
            locked.save()
            named = _name_colleagues(locked) if "body" in changes else []
            concerned = _tell_again(locked)
            if changes.keys() & {"subject", "body"}:
                search.note(KIND, {locked.id: text_of(locked)})
            if locked.channel != "note" and changes.keys() & {"at", "outcome"}:
                reckon_contacts(concerned, unreached=unreached_outcomes())
            told = {k: (str(a), str(b)) if k == "outcome" else (a, b) for k, (a, b) in changes.items()}
            record(principal, "interaction.edit", kind="interaction", object_id=locked.id, changes=told)
            announce(principal, InteractionEdited(interaction=locked.id, party=locked.party_id))
            _announce_named(principal, locked, named)
            page_changed(principal, [locked.party_id], "timeline")
    return locked


def remove_interaction(principal: Principal, interaction: Interaction) -> None:
    """Take an interaction back; the audit keeps what it said. Raises `Forbidden`."""
    principal.require("interaction", "delete")
    if not INTERACTION_DELETED.allows(principal, interaction):
        raise Forbidden
    with transaction.atomic():
        entries = TimelineEntry.objects.filter(reference_kind="interaction", reference_id=interaction.id)
        concerned = list(entries.values_list("party_id", flat=True))
        entries.delete()
        search.forget_notes(KIND, [interaction.id])
        if _is_contact(interaction.channel, interaction.outcome):
            reckon_contacts(concerned, unreached=unreached_outcomes())
        gone = {name: (getattr(interaction, name), None) for name in ("channel", "at", "subject", "body")}
        record(principal, "interaction.remove", kind="interaction", object_id=interaction.id, changes=gone)
        announce(principal, InteractionRemoved(interaction=interaction.id, party=interaction.party_id))
        interaction.delete()
        page_changed(principal, concerned, "timeline")


def _clean(
    channel: str,
    at: datetime,
    direction: str,
    subject: str,
    outcome: Outcome | None,
    body: str,
    minutes: int | None,
) -> dict[str, Any]:
    problems: dict[str, Sentence] = {}
    if channel not in dict(CHANNELS):
        problems["channel"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(CHANNELS))}
    if direction not in ("", "in", "out"):
        problems["direction"] = _("Choose one of: %(names)s.") % {"names": "in, out"}
    if at > clock.now() + timedelta(minutes=5):
        problems["at"] = _("What has not happened yet is a task, not a story.")
    if at.year < 1990:
        problems["at"] = _("This date cannot be right.")
    if outcome and outcome.channel != channel:
        problems["outcome"] = _("This outcome belongs to another channel.")
    if minutes is not None and not 0 <= minutes <= 24 * 60:
        problems["minutes"] = _("Write minutes between 0 and 1440.")
    if len(body) > BODY_LIMIT:
        problems["body"] = _("At most %(limit)s characters.") % {"limit": BODY_LIMIT}
    subject, body = clean_line(subject, max_length=200), clean_text(body, max_length=BODY_LIMIT)
    if channel == "note" and not (subject or body):
        problems["body"] = _("Write what happened.")
    if problems:
        raise InvalidFields(problems)
    return {
        "at": at,
        "direction": direction,
        "subject": subject,
        "outcome": outcome,
        "body": body,
        "minutes": minutes,
    }


def _relationship(principal: Principal, party: Party) -> Relationship | None:
    """The relationship an interaction belongs to: one's own first, then any one sees."""
    found = [row for row in party.relationships.all() if RELATIONSHIP_SEEN.allows(principal, row)]
    found.sort(key=lambda row: row.owner_id != principal.user_id)
    return found[0] if found else None


def _unit(principal: Principal, relationship: Relationship | None) -> UUID | None:
    return principal.unit_id or (relationship.unit_id if relationship else None)


def _add_actors(interaction: Interaction, colleagues: Iterable[UUID], people: Iterable[Party]) -> None:
    actors = [InteractionActor(interaction=interaction, user_id=user) for user in set(colleagues)]
    actors += [InteractionActor(interaction=interaction, party=person) for person in people]
    InteractionActor.objects.bulk_create(actors)


def _name_colleagues(found: Interaction) -> list[UUID]:
    """Keep whom the body names with @; gives those whom it did not name before. Raises `InvalidFields`."""
    wanted = _named_in(found.body)
    before = set(found.mentions.values_list("user", flat=True))
    found.mentions.exclude(user__in=wanted).delete()
    new = [person for person in wanted if person not in before]
    InteractionMention.objects.bulk_create(
        [InteractionMention(interaction=found, user_id=person, handle=wanted[person]) for person in new]
    )
    _refuse_strangers(found, new)
    return new


def _named_in(body: str) -> dict[UUID, str]:
    """Each colleague whom a text names, by the handle; what is nobody's handle is mere text."""
    handles = handles_in(body)
    by_handle = people_by_handle() if handles else {}
    several = [handle for handle in handles if len(by_handle.get(handle, ())) > 1]
    if several:
        sentence = _("Several colleagues are called @%(name)s: choose from the list who is meant.")
        raise InvalidFields({"body": sentence % {"name": several[0]}})
    return {by_handle[handle][0]: handle for handle in reversed(handles) if by_handle.get(handle)}


def _refuse_strangers(found: Interaction, people: Iterable[UUID]) -> None:
    """Nobody is told of what he may not read. Raises `InvalidFields`, which takes everything back."""
    for person in people_who_ask().filter(pk__in=list(people)):
        theirs = principal_of(person)
        seen = Interaction.objects.visible_to(theirs).filter(pk=found.pk, party__in=Party.objects.visible_to(theirs))
        if not seen.exists():
            sentence = _(
                "%(name)s may not see this customer and would not hear of it. Take the name out,"
                " or ask who looks after the customer to add this colleague."
            )
            raise InvalidFields({"body": sentence % {"name": person.name}})


def _announce_named(principal: Principal, found: Interaction, people: list[UUID]) -> None:
    if people:
        announce(principal, ColleaguesMentioned(interaction=found.id, party=found.party_id, people=people))


def _tell(principal: Principal, found: Interaction) -> list[TimelineEntry]:
    return tell(
        principal,
        found.party,
        at=found.at,
        kind=f"interaction.{found.channel}",
        object="interaction",
        channel=found.channel,
        reference_kind="interaction",
        reference_id=found.id,
        owner_id=found.owner_id,
        unit_id=found.unit_id,
        company_id=found.company_id,
        relationship=found.relationship,
        **_lines(found),
    )


def _lines(found: Interaction) -> dict[str, Any]:
    return {
        "direction": found.direction,
        "summary": found.subject,
        "excerpt": found.body if len(found.body) <= 600 else found.body[:599] + "…",
        "outcome": found.outcome.code if found.outcome else "",
        "data": _data(found),
    }


def _data(found: Interaction) -> dict[str, Any]:
    data: dict[str, Any] = {"minutes": found.minutes} if found.minutes else {}
    if found.number:
        data["number"] = found.number
    if files := list(found.files.select_related("file")):
        data["files"] = [[row.file.name, f"/interactions/{found.id}/files/{row.id}"] for row in files]
    if found.outcome:
        data["outcome"] = {"it": found.outcome.label_it, "en": found.outcome.label_en}
    if "@" in found.body:
        named = {handle: str(user) for handle, user in found.mentions.values_list("handle", "user")}
        data |= {"mentions": named} if named else {}
    return data


def _is_contact(channel: str, outcome: Outcome | None) -> bool:
    return channel != "note" and not (outcome and outcome.means == "unreached")


def _tell_again(found: Interaction) -> list[UUID]:
    """On every card it stands on; gives whose cards these are."""
    entries = TimelineEntry.objects.filter(reference_kind="interaction", reference_id=found.id)
    entries.update(at=found.at, **_lines(found))
    return list(entries.values_list("party_id", flat=True))


def _apply_rules(principal: Principal, found: Interaction, *, first_contact: bool) -> None:
    means = found.outcome.means if found.outcome else ""
    if means == "offer":
        showed_interest(principal, found.party, rule="offer")
    elif means == "interest" and not first_contact:
        showed_interest(principal, found.party, rule="interest")
