"""What catalogues, categories, attributes and values are called in other languages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import Forbidden, InvalidFields, NotFound, Stale
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.catalogue.forms import TextForm
from filo.operational.catalogue.models import WORDINGS
from filo.operational.catalogue.queries.kept import seen_catalogue
from filo.operational.catalogue.queries.wordings import (
    MOST_WORDS,
    Word,
    house_language,
    other_languages,
    texts_of,
    words_in_use,
)
from filo.operational.catalogue.services.wordings import Said, set_catalogue_text, set_words

NONE = ("", "")
Languages = list[tuple[str, str]]
KINDS = [(code, label) for code, label in WORDINGS if code != "catalogue"]


@require_http_methods(["GET", "POST"])
def text(request: StaffRequest, catalogue_id: UUID, language: str) -> HttpResponse:
    """A catalogue's name and description in another language; who saved first is not overwritten."""
    found = seen_catalogue(request.principal, catalogue_id)
    if not request.principal.may("product", "edit"):
        raise Forbidden
    others = dict(other_languages())
    if language not in others:
        raise NotFound
    name, description = texts_of(found).get(language, ("", ""))
    form = TextForm(request.POST or None, initial={"name": name, "description": description})
    version = version_read(request, found.version)
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                set_catalogue_text(request.principal, found, language, **form.cleaned_data, version=version)
            messages_with_undo(request, _("Saved."), operation, reverse("catalogue:catalogue", args=[found.pk]))
            return redirect("catalogue:catalogue", found.pk)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
    context = {"form": form, "found": found, "version": version, "language": others[language]}
    status = 422 if request.method == "POST" else 200
    return render(request, "catalogue/catalogue_text.html", context, status=status)


@require_http_methods(["GET", "POST"])
def words(request: StaffRequest) -> HttpResponse:
    """Categories, attributes and values that products use: a line each, a field for each language."""
    request.principal.require("product", "edit")
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", "category")
    if kind not in dict(KINDS):
        raise NotFound
    query = asked.get("q", "")[:120]
    if request.method == "POST":
        back = f"{reverse('catalogue:words')}?{urlencode({'kind': kind, 'q': query})}"
        with one_operation() as operation:
            changed = set_words(request.principal, _said(request, kind))
        sentence = ngettext("%(n)s word changed.", "%(n)s words changed.", changed) % {"n": changed}
        messages_with_undo(request, sentence, operation, back)
        return redirect(back)
    found = words_in_use(request.principal, kind, query)
    languages = other_languages()
    own = [(house_language(), "")] if kind == "category" else []
    context = {
        "kind": kind,
        "kinds": KINDS,
        "text": query,
        "languages": languages,
        "rows": [_row(one, own, languages, place) for place, one in enumerate(found)],
        "full": len(found) >= MOST_WORDS,
        "most": MOST_WORDS,
    }
    return render(request, "catalogue/words.html", context)


def _row(word: Word, own: Languages, languages: Languages, place: int) -> dict[str, object]:
    """A word with its fields; what is said about a category also in the house's own language (`own`)."""
    names = [
        (f"w{place}-name-{code}", _("%(word)s in %(language)s") % {"word": word.said, "language": label}, label, said)
        for code, label in languages
        for said in [word.texts.get(code, NONE)[0]]
    ]
    about = [
        (f"w{place}-description-{code}", label, word.texts.get(code, NONE)[1])
        for code, label in ([*own, *languages] if own else [])
    ]
    return {"word": word.said, "field": f"w{place}", "names": names, "descriptions": about}


def _said(request: StaffRequest, kind: str) -> list[Said]:
    """What was typed in each line."""
    found = []
    codes = [house_language(), *(code for code, _label in other_languages())]
    for place in range(MOST_WORDS):
        word = request.POST.get(f"w{place}", "")[:200]
        for code in codes if word else ():
            name = request.POST.get(f"w{place}-name-{code}")
            description = request.POST.get(f"w{place}-description-{code}")
            if name is not None or description is not None:
                found.append(Said(kind, word, code, name, description))
    return found
