"""What lies on an article: files, requests, other articles, what it learnt."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.knowledge.models import Article, ArticleFile
from filo.collaborative.knowledge.naming import thing_named
from filo.collaborative.knowledge.queries.articles import seen_article
from filo.collaborative.knowledge.services import (
    attach_file,
    detach_file,
    link_article,
    link_ticket,
    remove_phrasing,
    unlink,
)
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.web.requests import StaffRequest, asked_id

MOST_FILES = 10


@require_POST
def put(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """What was dropped onto an article, chosen as a file, or named."""
    article = seen_article(request.principal, article_id)
    try:
        uploads = request.FILES.getlist("file")[:MOST_FILES]
        for upload in uploads:
            attach_file(
                request.principal,
                article,
                upload.read(),
                name=upload.name or "",
                media_type=upload.content_type or "",
            )
        if uploads:
            messages.success(request, _("It lies on the article; what it says is found in a moment."))
        else:
            _put_thing(request, article)
    except InvalidFields as error:
        messages.error(request, str(next(iter(error.fields.values()))[0]))
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
    return redirect("knowledge:article", article.id)


def _put_thing(request: StaffRequest, article: Article) -> None:
    thing = thing_named(request.principal, request.POST.get("thing", "")[:2000])
    if thing is None:
        messages.error(request, _("This is neither an article nor a request nor a file that you see."))
    elif isinstance(thing, Article):
        link_article(request.principal, article, thing)
        messages.success(request, _("The article names the other one now."))
    else:
        link_ticket(request.principal, article, thing)
        messages.success(request, _("The request %(number)s lies on the article.") % {"number": thing.number})


@require_POST
def take_off(request: StaffRequest, article_id: UUID) -> HttpResponse:
    """A request or another article is taken off again."""
    article, kind = seen_article(request.principal, article_id), request.POST.get("kind", "")
    unlink(request.principal, article, kind, asked_id(request.POST.get("target")))
    messages.success(request, _("Taken off."))
    return redirect("knowledge:article", article.id)


@require_GET
def file(request: StaffRequest, article_id: UUID, row_id: UUID) -> FileResponse:
    """A file, for keeping or looking at."""
    return answer_file(_row(request, article_id, row_id).file, inline=True)


@require_POST
def remove_file(request: StaffRequest, article_id: UUID, row_id: UUID) -> HttpResponse:
    """The file goes."""
    detach_file(request.principal, _row(request, article_id, row_id))
    messages.success(request, _("The file is gone."))
    return redirect("knowledge:article", article_id)


@require_POST
def forget(request: StaffRequest, article_id: UUID, phrasing_id: UUID) -> HttpResponse:
    """It is not asked for like this."""
    article = seen_article(request.principal, article_id)
    phrasing = article.phrasings.filter(pk=phrasing_id).first()
    if phrasing is None:
        raise NotFound
    remove_phrasing(request.principal, phrasing)
    messages.success(request, _("Forgotten."))
    return redirect("knowledge:article", article.id)


def _row(request: StaffRequest, article_id: UUID, row_id: UUID) -> ArticleFile:
    article = seen_article(request.principal, article_id)
    row = next((one for one in article.files.all() if one.pk == row_id), None)
    if row is None:
        raise NotFound
    return row
