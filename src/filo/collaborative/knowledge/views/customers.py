"""The knowledge base for everybody: found by asking, read, judged; and a person for who does not find."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.knowledge.forms import PersonForm
from filo.collaborative.knowledge.models import Article, Category
from filo.collaborative.knowledge.queries.articles import related_articles, told_article
from filo.collaborative.knowledge.queries.finding import told_hits
from filo.collaborative.knowledge.queries.listing import told_first, told_in, told_shelves
from filo.collaborative.knowledge.queries.telling import Answer, answered
from filo.collaborative.knowledge.services import note_question, vote
from filo.collaborative.knowledge.services.passing_on import pass_on
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import client_ip, public, wants_fragment
from filo.operational.service.queries.finding import status_token

VISITOR = system("customer")
LONGEST, SHOWN, PER_CATEGORY = 300, 8, 100
# How often from one address: (times, within seconds).
ASKING, VOTING, WRITING = (60, 60), (60, 3600), (5, 900)


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What can be asked, and the categories."""
    return render(request, "knowledge/kb/home.html", {"shelves": told_shelves(), "first": told_first(6)})


@public
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """What answers a question; while one types, what holds the words so far. A question that is sent is counted."""
    if request.method == "POST":
        text = request.POST.get("q", "").strip()[:LONGEST]
        if text and may_once_more(request, "knowledge.ask", ASKING):
            found = answered(text, language=_language())
            note_question(
                text,
                language=_language(),
                channel="page",
                article_id=found.nearest,
                confidence=found.confidence,
                understood=found.first is not None,
            )
        return redirect(f"{reverse('knowledge:kb-find')}?{urlencode({'q': text})}")
    text = request.GET.get("q", "").strip()[:LONGEST]
    if wants_fragment(request):
        context = {"hits": told_hits(text, language=_language(), limit=SHOWN), "text": text, "typing": True}
        return render(request, "knowledge/kb/_hits.html", context)
    found = (
        answered(text, language=_language()) if text and may_once_more(request, "knowledge.ask", ASKING) else Answer()
    )
    known = {found.first.article.pk} if found.first else set()
    hits = [hit for hit in told_hits(text, language=_language(), limit=SHOWN) if hit.article.pk not in known]
    near = [one for one in found.near if one.pk not in known | {hit.article.pk for hit in hits}]
    context = {"text": text, "answer": found.first, "hits": hits, "near": near}
    return render(request, "knowledge/kb/found.html", context)


@public
@require_GET
def category(request: HttpRequest, code: str) -> HttpResponse:
    """What can be read about one thing."""
    found = Category.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    context = {"category": found, "articles": told_in(found)[:PER_CATEGORY], "shelves": told_shelves()}
    return render(request, "knowledge/kb/category.html", context)


@public
@require_GET
def article(request: HttpRequest, code: str) -> HttpResponse:
    """One article; what is over, or is still to come, says so."""
    return _article(request, told_article("public", code))


def _article(request: HttpRequest, found: Article, **more: object) -> HttpResponse:
    text, day = found.text_in(_language()), clock.today()
    context = {
        "article": found,
        "text": text,
        "is_other_language": text is not None and text.language != _language(),
        "is_over": found.valid_to is not None and found.valid_to < day,
        "is_to_come": found.valid_from is not None and found.valid_from > day,
        "related": related_articles(found, "public"),
        **more,
    }
    return render(request, "knowledge/kb/article.html", context)


@public
@require_POST
def vote_on(request: HttpRequest, code: str) -> HttpResponse:
    """Whether it helped; who says so twice on a day has changed his mind."""
    found = told_article("public", code)
    if not may_once_more(request, "knowledge.vote", VOTING):
        return _article(request, found, refusal=_("Too many at once. Try again in an hour."))
    helpful = request.POST.get("helpful") == "yes"
    vote(found, helpful=helpful, voter=_voter(request), comment=request.POST.get("comment", "")[:500])
    if helpful or "comment" in request.POST:
        messages.success(request, _("Thank you."))
        return redirect("knowledge:kb-article", code)
    return _article(request, found, asks_why=True)


@public
@require_GET
def file(request: HttpRequest, code: str, row_id: UUID) -> FileResponse:
    """A file that lies on an article."""
    row = next((one for one in told_article("public", code).files.all() if one.pk == row_id), None)
    if row is None:
        raise NotFound
    return answer_file(row.file, inline=True)


@public
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """To a person: what is asked becomes a request with its number, whose state the visitor sees at once."""
    read = _read_before(request)
    form = PersonForm(request.POST or None, initial={"subject": request.GET.get("q", "")[:LONGEST]})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not may_once_more(request, "knowledge.person", WRITING):
            form.add_error(None, _("Too many questions from here. Wait a quarter of an hour, or write us a mail."))
            status = 429
        elif form.is_valid():
            if form.cleaned_data["website"]:  # a program filled it in: it may think what it likes
                return redirect("knowledge:kb")
            try:
                ticket = pass_on(VISITOR, form.said(), article=read, language=_language())
                messages.success(request, _("We have your question. A person will look after it."))
                return redirect("service:status", status_token(ticket))
            except InvalidFields as error:
                form.refuse(error)
    return render(request, "knowledge/kb/person.html", {"form": form, "read": read}, status=status)


def _read_before(request: HttpRequest) -> Article | None:
    code = (request.POST.get("article") or request.GET.get("article", ""))[:80]
    try:
        return told_article("public", code) if code else None
    except NotFound:
        return None


def _language() -> str:
    return "en" if (get_language() or "it").startswith("en") else "it"


def _voter(request: HttpRequest) -> str:
    """One browser on one day, as a hash that tells nobody who it is."""
    seen = f"{clock.today()}|{client_ip(request)}|{request.headers.get('User-Agent', '')}"
    return salted_hmac("knowledge.vote", seen, algorithm="sha256").hexdigest()
