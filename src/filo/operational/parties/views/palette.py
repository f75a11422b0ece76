"""What the palette offers: commands and customers for what is typed, or, before that, what is near at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from filo.foundation.access.principal import Principal
from filo.foundation.search.sources import Line, lines_with
from filo.foundation.web.commands import Command, commands, commands_about, found_by_number
from filo.foundation.web.matching import SURE, best, fit, split_phrase
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.commands import Card
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.queries.commanded import cards_of
from filo.operational.parties.queries.find import relationships_shown
from filo.operational.parties.queries.searching import search_parties
from filo.operational.parties.queries.similar import Found, find_parties

MOST_COMMANDS, MOST_PARTIES, MOST_OF_A_PHRASE, MOST_RECENT, MOST_LINES = 6, 8, 4, 6, 3
AT_REST = ("new:/parties/new?kind=person", "new:/parties/new?kind=organisation", "new:/tasks/new", "rail:/tasks")


@dataclass(frozen=True)
class Offer:
    """A command with where it leads; `types` fills the box instead, when it needs a name first."""

    command: Command
    url: str
    hint: str | Promise = ""
    types: str = ""


@dataclass
class Offers:
    """What the list shows, in its order."""

    here: list[Offer] = field(default_factory=list)
    about: Party | None = None
    actions: list[Offer] = field(default_factory=list)
    rows: list[tuple[Party, Relationship | None]] = field(default_factory=list)
    similar: list[tuple[Party, Relationship | None]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    parties_first: bool = False


@require_GET
def offered(request: StaffRequest) -> HttpResponse:
    """The list under the box."""
    text = request.GET.get("q", "")[:120].strip()
    found = _for_words(request, text) if text else _at_rest(request)
    return render(request, "parties/_palette.html", {"found": found, "q": text})


def _at_rest(request: StaffRequest) -> Offers:
    """What can be done on the open card, and what was used last in this browser."""
    principal, about = request.principal, _asked_about(request)
    recent = [pk for pk in _ids(request.GET.getlist("party")) if pk != about][:MOST_RECENT]
    seen = {party.id: party for party in _seen(principal, [*recent, *([about] if about else [])])}
    card = next(iter(cards_of(principal, [seen[about]])), None) if about in seen else None
    known = {command.code: command for command in commands(principal)}
    wanted = dict.fromkeys([*request.GET.getlist("command")[:MOST_RECENT], *([] if card else AT_REST)])
    return Offers(
        here=list(_about(principal, commands_about(principal, "party"), card)) if card else [],
        about=card.party if card else None,
        actions=list(_plain(principal, [known[code] for code in wanted if code in known][:MOST_COMMANDS])),
        rows=_with_stage(principal, [seen[pk] for pk in recent if pk in seen]),
        parties_first=True,
    )


def _for_words(request: StaffRequest, text: str) -> Offers:
    """Commands that fit the words, customers found by them, and both together: *call rossi*."""
    principal = request.principal
    numbered = found_by_number(principal, text)
    if numbered:
        return Offers(actions=list(_plain(principal, numbered)))
    of_parties, plain = commands_about(principal, "party"), commands(principal)
    here = best(of_parties, text, most=MOST_COMMANDS)
    card = _open_card(request) if here else None
    scored = best([*plain, *(command for _score, command in here)], text, most=MOST_COMMANDS)
    actions = [offer for _score, command in scored for offer in _one(principal, command, card, text)]
    called, named = _called(principal, of_parties, text) if not here else ([], None)
    found = _found(principal, text) if named is None else named if named.all else _exactly(principal, text)
    sure = bool(called) or bool(scored and scored[0][0] >= SURE)
    rows = _with_stage(principal, found.all)
    return Offers(
        actions=[*called, *actions],
        rows=rows[: len(found.parties)],
        similar=rows[len(found.parties) :],
        lines=[] if found.parties or sure else _lines(principal, text),
        parties_first=bool(found.parties or found.similar) and not sure,
    )


def _called(principal: Principal, of_parties: list[Command], text: str) -> tuple[list[Offer], Found | None]:
    """The commands that the first words call, for the parties that the others find; None where they call none."""
    if not principal.may("party", "view"):
        return [], None
    called, name = split_phrase(of_parties, text)
    if not called:
        return [], None
    found = find_parties(principal, name, limit=MOST_PARTIES, few=1)
    cards = cards_of(principal, found.all[:MOST_OF_A_PHRASE])
    offers = [offer for card in cards for offer in _about(principal, called[:2], card)]
    return offers[:MOST_OF_A_PHRASE], found


def _one(principal: Principal, command: Command, card: Card | None, text: str) -> Iterable[Offer]:
    """A command as it is offered: for the open card, or with a name to be typed, where it is about a party."""
    if not command.subject:
        return _plain(principal, [command])
    if card is not None:
        return _about(principal, [command], card)
    if fit(command, text) < SURE:
        return []
    return [Offer(command, "", types=f"{text} ")]


def _plain(principal: Principal, found: Iterable[Command]) -> Iterable[Offer]:
    pairs = ((command, command.address(principal)) for command in found)
    return (Offer(command, url, command.hint) for command, url in pairs if url)


def _about(principal: Principal, found: Iterable[Command], card: Card) -> Iterable[Offer]:
    pairs = ((command, command.address(principal, card)) for command in found)
    return (Offer(command, url, card.party.display_name) for command, url in pairs if url)


def _found(principal: Principal, text: str) -> Found:
    may = principal.may("party", "view") and len(text) > 1
    return find_parties(principal, text, limit=MOST_PARTIES) if may else Found([], [])


def _exactly(principal: Principal, text: str) -> Found:
    """By all the words as typed: what begins like a command may be a name all the same."""
    return Found(search_parties(principal, text, limit=MOST_PARTIES), [])


def _lines(principal: Principal, text: str) -> list[Line]:
    return lines_with(principal, text, limit=MOST_LINES) if principal.may("party", "view") else []


def _with_stage(principal: Principal, parties: Sequence[Party]) -> list[tuple[Party, Relationship | None]]:
    shown = relationships_shown(principal, parties, in_short=True) if parties else {}
    return [(party, next(iter(shown.get(party.id, [])), None)) for party in parties]


def _open_card(request: StaffRequest) -> Card | None:
    about = _asked_about(request)
    seen = _seen(request.principal, [about] if about else [])
    return next(iter(cards_of(request.principal, seen)), None)


def _asked_about(request: HttpRequest) -> UUID | None:
    kind, _colon, pk = request.GET.get("about", "").partition(":")
    return next(iter(_ids([pk] if kind == "party" else [])), None)


def _seen(principal: Principal, ids: Sequence[UUID]) -> list[Party]:
    if not ids or not principal.may("party", "view"):
        return []
    return list(Party.objects.visible_to(principal).filter(pk__in=ids))


def _ids(texts: Sequence[str]) -> list[UUID]:
    """Those that are ids, each once: a browser keeps them, and may keep anything."""
    found: dict[UUID, None] = {}
    for text in texts[:20]:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)
