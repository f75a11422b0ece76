"""Log what happened, read it whole, correct it, take it back."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.files.errors import FileTooLarge
from filo.foundation.files.texts import problem_words
from filo.foundation.privacy.queries import kept_until
from filo.foundation.web.requests import StaffRequest, posted_version, wants_fragment
from filo.operational.interactions.attaching import MOST_FILES, Upload
from filo.operational.interactions.composer import composer_context
from filo.operational.interactions.forms import InteractionForm
from filo.operational.interactions.mentioning import colleagues_for
from filo.operational.interactions.policies import INTERACTION_DELETED, INTERACTION_EDITED
from filo.operational.interactions.queries import actors_shown, people_around, seen_interaction
from filo.operational.interactions.services import edit_interaction, log_interaction, remove_interaction
from filo.operational.parties.queries.find import seen_party


@require_GET
def details(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The rarer fields of the composer, fetched when they are opened."""
    party = seen_party(request.principal, party_id)
    form = InteractionForm(people=people_around(request.principal, party))
    return render(request, "interactions/_details.html", {"form": form})


@require_GET
def colleagues(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Whom one can name with @ here, as is typed."""
    request.principal.require("interaction", "create")
    party = seen_party(request.principal, party_id)
    found = colleagues_for(request.principal, party, request.GET.get("q", "")[:80])
    return render(request, "interactions/_colleagues.html", {"found": found})


@require_GET
def compose(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The composer with every field on a page of its own."""
    party = seen_party(request.principal, party_id)
    request.principal.require("interaction", "create")
    form = InteractionForm({"channel": "note"}, people=people_around(request.principal, party))
    return render(request, "interactions/compose.html", composer_context(party, form))


@require_POST
def log(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """Keep what happened, and the next step if one was written."""
    party = seen_party(request.principal, party_id)
    form = InteractionForm(request.POST, people=people_around(request.principal, party))
    if form.is_valid():
        try:
            log_interaction(
                request.principal,
                party,
                **form.facts,
                colleagues=[user.id for user in form.cleaned_data["colleagues"]],
                people=list(form.cleaned_data["people"]),
                number=form.cleaned_data["number"],
                files=[
                    Upload(one.name or "", one.read(), one.content_type or "")
                    for one in request.FILES.getlist("files")[: MOST_FILES + 1]
                ],
                next_title=form.cleaned_data["next_title"],
                next_due=form.cleaned_data["next_due"],
            )
            return _logged(request, party_id)
        except InvalidFields as error:
            form.refuse(error)
        except FileTooLarge as error:
            form.add_error(None, str(error))
    context = composer_context(party, form)
    template = "interactions/_composer.html" if wants_fragment(request) else "interactions/compose.html"
    return render(request, template, context, status=200 if wants_fragment(request) else 422)


def _logged(request: StaffRequest, party_id: UUID) -> HttpResponse:
    if not wants_fragment(request):
        messages.success(request, _("It is in the story."))
        return redirect("parties:card", party_id)
    party = seen_party(request.principal, party_id)
    context = composer_context(party, None) | {"sentence": _("It is in the story.")}
    response = render(request, "interactions/_composer.html", context)
    response["HX-Trigger"] = json.dumps({"filo:logged": {}})
    return response


@require_http_methods(["GET", "POST"])
def interaction(request: StaffRequest, interaction_id: UUID) -> HttpResponse:
    """One interaction, whole; its author can correct it."""
    found = seen_interaction(request.principal, interaction_id)
    may_edit = request.principal.may("interaction", "edit") and INTERACTION_EDITED.allows(request.principal, found)
    may_delete = request.principal.may("interaction", "delete") and INTERACTION_DELETED.allows(request.principal, found)
    initial = {
        "channel": found.channel,
        "direction": found.direction,
        "at": timezone.localtime(found.at),
        "minutes": found.minutes,
        "subject": found.subject,
        "outcome": found.outcome.code if found.outcome else "",
        "body": found.body,
    }
    form = InteractionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            facts = {name: value for name, value in form.facts.items() if name != "channel"}
            facts["at"] = facts["at"] or found.at
            edit_interaction(request.principal, found, version=posted_version(request), **facts)
            messages.success(request, _("Saved."))
            return redirect("interactions:interaction", found.id)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.add_error(None, str(error))
            found.version = error.version
    context = {
        "found": found,
        "actors": actors_shown(request.principal, found),
        "version": found.version,
        "form": form,
        "party": found.party,
        "may_edit": may_edit,
        "may_delete": may_delete,
        "files": [
            (row, problem_words(row.problem) if row.problem else "") for row in found.files.select_related("file")
        ],
        "kept_until": kept_until("interactions", found.pk),
    }
    context |= composer_context(found.party, form)
    return render(request, "interactions/interaction.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: StaffRequest, interaction_id: UUID) -> HttpResponse:
    """Take an interaction back."""
    found = seen_interaction(request.principal, interaction_id)
    party_id = found.party_id
    remove_interaction(request.principal, found)
    messages.success(request, _("It is out of the story; the audit keeps it."))
    return redirect("parties:card", party_id)
