"""The pages on which two cards become one: the queue, the side-by-side, and the way back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, Forbidden, NotFound
from filo.foundation.jobs.services import enqueue
from filo.foundation.web.paging import Key, capped_count, page_of
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.doubles.comparison import came_since, compared, rows_moved
from filo.operational.doubles.forms import AcceptForm, chosen_in
from filo.operational.doubles.labels import reasons_in_words
from filo.operational.doubles.models import DoublePair
from filo.operational.doubles.queries.candidates import SHOWN, SURE, candidates
from filo.operational.doubles.queries.pairs import open_pairs, pair_of, pairs_of, seen_pair
from filo.operational.doubles.queries.traits import traits_of_facts
from filo.operational.doubles.services.deciding import ask_again, say_two
from filo.operational.parties.addresses import party_url
from filo.operational.parties.forms import PartyForms
from filo.operational.parties.models import Merge, Party
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.services.merging.merging import merge_parties
from filo.operational.parties.services.merging.planning import may_merge
from filo.operational.parties.services.merging.unmerging import unmerge_parties

SIZE, MOST_ON_CARD, QUEUE = 20, 3, "queue"
LIKELIEST_FIRST = [Key("probability", descending=True), Key("id", descending=True)]


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The pairs that wait for somebody, the likeliest first."""
    principal = request.principal
    principal.require("party", "edit")
    pairs: QuerySet[DoublePair] = open_pairs(principal, least=SHOWN)
    page = page_of(pairs, LIKELIEST_FIRST, size=SIZE, cursor=request.GET.get("cursor", ""))
    hidden = principal.hidden("party")
    context = {
        "page": page,
        "pairs": [(pair, reasons_in_words(pair.reasons, hidden=hidden)) for pair in page.rows],
        "count": capped_count(pairs),
        "sure": capped_count(open_pairs(principal, least=SURE)),
        "least": SURE,
    }
    return render(request, "doubles/index.html", context)


@require_http_methods(["GET", "POST"])
def merge(request: StaffRequest) -> HttpResponse:
    """Both cards side by side; what is chosen is what the merge does."""
    principal = request.principal
    principal.require("party", "edit")
    asked = request.POST if request.method == "POST" else request.GET
    kept, absorbed = (_party(request, asked.get(name, "")) for name in ("kept", "absorbed"))
    problem = ""
    if request.method == "POST":
        try:
            versions = (_number(asked.get("kept_version")), _number(asked.get("absorbed_version")))
            with one_operation() as operation:
                merge_parties(principal, kept, absorbed, chosen=chosen_in(asked), versions=versions)
            sentence = _("%(name)s is one card now.") % {"name": kept.display_name}
            messages_with_undo(request, sentence, operation, party_url(kept.id))
            return redirect("doubles:list") if asked.get("next") == QUEUE else redirect("parties:card", kept.id)
        except DomainError as error:
            problem = str(error)
    context = compared(principal, kept, absorbed, chosen_in(asked))
    context |= {"problem": problem, "next": QUEUE if asked.get("next") == QUEUE else ""}
    context["pair"] = pair_of(principal, kept, absorbed)
    return render(request, "doubles/merge.html", context, status=422 if problem else 200)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _party(request: StaffRequest, raw: str) -> Party:
    return seen_party(request.principal, asked_id(raw))


@require_GET
def choose(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """With which card this one is to be merged."""
    party = seen_party(request.principal, party_id)
    request.principal.require("party", "edit")
    chosen = request.GET.get("with")
    if chosen:
        other = _party(request, chosen)
        return redirect(f"{reverse('doubles:merge')}?kept={party.id}&absorbed={other.id}")
    return render(request, "doubles/choose.html", {"party": party})


@require_GET
def of_card(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Who may be the same customer as a card, for its aside."""
    principal = request.principal
    party = seen_party(principal, party_id)
    found = pairs_of(principal, party)[:MOST_ON_CARD] if principal.may("party", "edit") else []
    hidden = principal.hidden("party")
    pairs = [
        (pair, pair.second if pair.first_id == party.id else pair.first, reasons_in_words(pair.reasons, hidden=hidden))
        for pair in found
    ]
    return render(request, "doubles/_on_card.html", {"party": party, "pairs": pairs})


@require_POST
def two(request: StaffRequest, pair_id: UUID) -> HttpResponse:
    """They are two customers."""
    pair = seen_pair(request.principal, pair_id)
    say_two(request.principal, pair)
    again = reverse("doubles:again", args=[pair.id])
    messages.success(request, _("Two different customers: you will not be asked again."), extra_tags=again)
    return redirect("doubles:list")


@require_POST
def again(request: StaffRequest, pair_id: UUID) -> HttpResponse:
    """They may be one after all."""
    ask_again(request.principal, seen_pair(request.principal, pair_id))
    return redirect("doubles:list")


@require_POST
def accept(request: StaffRequest) -> HttpResponse:
    """Merge all pairs that are at least so likely, in the background."""
    request.principal.require("party", "edit")
    form = AcceptForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["least"])))
        return redirect("doubles:list")
    enqueue("doubles.merge_many", principal=request.principal, least=form.cleaned_data["least"])
    messages.success(request, _("They are being merged; you will be told when it is done."))
    return redirect("doubles:list")


@require_http_methods(["GET", "POST"])
def merged(request: StaffRequest, merge_id: UUID) -> HttpResponse:
    """What a merge did, and the way back."""
    found = Merge.objects.visible_to(request.principal).select_related("kept", "absorbed").filter(pk=merge_id).first()
    if found is None:
        raise NotFound
    if request.method == "POST":
        goes = [asked_id(raw) for raw in request.POST.getlist("goes")]
        unmerge_parties(request.principal, found, to_absorbed=goes)
        messages.success(request, _("Both cards stand by themselves again."))
        return redirect("parties:card", found.absorbed_id)
    context = {"merge": found, "since": came_since(request.principal, found), "moved": rows_moved(found)}
    context["may_part"] = not found.undone_at and may_merge(request.principal, found.kept, found.absorbed)
    return render(request, "doubles/merged.html", context)


@require_POST
def typed(request: StaffRequest, kind: str) -> HttpResponse:
    """Who may be there already, while somebody types a new card."""
    if not request.principal.may("party", "create"):
        raise Forbidden
    if kind not in ("person", "organisation"):
        raise NotFound
    forms = PartyForms(request.principal, kind, facts={}, data=request.POST)
    forms.is_valid()  # what is wrong is told when it is saved; here the rest is looked at
    found = candidates(request.principal, traits_of_facts(forms.data | {"kind": kind}))
    hidden = request.principal.hidden("party")
    alike = [
        (one.party, one.likeness.probability, reasons_in_words(one.likeness.reasons, hidden=hidden)) for one in found
    ]
    return render(request, "doubles/_typed.html", {"alike": alike})
