"""The assistant: what it knows, what it asks, what it proposes, and a person one click away."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.assistant.queries.asking import NODE
from filo.collaborative.assistant.queries.guided import fills_of
from filo.collaborative.assistant.queries.known import ASKED, known_of
from filo.collaborative.assistant.queries.proposing import proposals_for
from filo.collaborative.assistant.queries.sections import rules_for, section_of
from filo.collaborative.assistant.services import note_proposed, note_section, tell_assistant
from filo.collaborative.shop.queries.shelves import shelf_of, the_shop
from filo.collaborative.visitors.door import visiting, visitor_in, visitor_of
from filo.foundation.errors import InvalidFields, NotFound, TooMany
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public

TELLING = (60, 600)  # times, within seconds
MOST_NODES = 40


@public
@visiting
@require_GET
def page(request: HttpRequest) -> HttpResponseBase:
    """Everything on one page; a GET notes nothing."""
    return render(request, "assistant/page.html", _context(request))


@public
@visiting
@require_POST
def tell(request: HttpRequest) -> HttpResponseBase:
    """He answers what was asked, says something else, or looks for something else."""
    if not may_once_more(request, "assistant.tell", TELLING):
        raise TooMany(retry_after=60)
    visitor = visitor_of(request)
    guided = known_of(visitor).guided
    asked = fills_of(guided.graph) if guided else ASKED
    answers = {code: request.POST.getlist(code) for code in asked if code in request.POST}
    nodes = [name for name in request.POST if name.startswith(NODE)][:MOST_NODES]
    ways = {name.removeprefix(NODE): request.POST[name][:40] for name in nodes}
    topic = request.POST["topic"][:120] if "topic" in request.POST else None
    try:
        tell_assistant(visitor, answers, topic=topic, ways=ways)
    except InvalidFields as error:
        context = _context(request) | {"refusal": str(next(iter(error.fields.values()))[0])}
        return render(request, "assistant/page.html", context, status=422)
    return redirect("assistant:page")


@public
@visiting
@require_POST
def shown(request: HttpRequest) -> HttpResponseBase:
    """The page was shown: what stood on it is remembered, and the section for this customer comes with the answer."""
    visitor, shop = visitor_in(request), the_shop()
    if visitor is None or shop is None:
        return render(request, "assistant/_section.html", {"sections": []})
    shelf, language = shelf_of(shop, visitor), _language()
    proposals = proposals_for(shelf, known_of(visitor), language)
    note_proposed(visitor, [(one.card.product.pk, one.reasons) for one in proposals])
    party = visitor.known
    rules = [(rule, bought) for rule, bought in rules_for(party) if note_section(rule, party)] if party else []
    sections = [found for rule, bought in rules if (found := section_of(shelf, rule, bought, language))]
    return render(request, "assistant/_section.html", {"sections": sections})


def _context(request: HttpRequest) -> dict[str, object]:
    shop = the_shop()
    if shop is None:
        raise NotFound
    visitor = visitor_in(request)
    known = known_of(visitor)
    shelf = shelf_of(shop, visitor)
    return {
        "known": known,
        "visitor": visitor,
        "questions": known.missing,
        "all_questions": known.asked,
        "proposals": proposals_for(shelf, known, _language()),
    }


def _language() -> str:
    return "en" if (get_language() or "it").startswith("en") else "it"
