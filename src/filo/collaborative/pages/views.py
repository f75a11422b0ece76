"""Pages in the settings, and for everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.knowledge.services.passing_on import Said, pass_on
from filo.collaborative.pages.asking import AskingForm
from filo.collaborative.pages.blocks import HOLDS, KINDS, shown
from filo.collaborative.pages.forms import BlockForm, PageForm
from filo.collaborative.pages.models import Page
from filo.collaborative.pages.queries import page_of, public_page, public_picture, versions_of
from filo.collaborative.pages.services import (
    add_picture,
    keep_page,
    move_block,
    publish_page,
    put_block,
    remove_block,
    withdraw_page,
    write_as_in,
)
from filo.collaborative.visitors.door import visiting, visitor_in
from filo.foundation.access.principal import system
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.files.answering import answer_file
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import StaffRequest, posted_version, public
from filo.operational.service.models import Ticket
from filo.operational.service.queries.finding import status_token

CUSTOMER = system("customer")
WRITING = (5, 900)  # times, within seconds, from one address
FACTS = ("slug", "title_it", "title_en", "from_day", "until_day")


@public
@visiting
@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A page as it is public today."""
    found, visitor = public_page(slug), visitor_in(request)
    known = visitor.known if visitor else None
    blocks = shown(found.blocks, known, filled_for=known)
    answer = render(request, "pages/page.html", {"page": found, "blocks": blocks})
    if known and any(block.form for block in blocks):
        add_never_cache_headers(answer)  # name and address of a customer are not left in a browser that others use
    return answer


@public
@visiting
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, block_id: str) -> HttpResponseBase:
    """A form on a page that was filled in: it becomes a request with its number, whose state the visitor sees."""
    if request.method == "GET":  # loaded anew after a refusal
        return redirect("pages:show", slug)
    found, visitor = public_page(slug), visitor_in(request)
    blocks = shown(found.blocks, visitor.known if visitor else None)
    place = next((at for at, one in enumerate(blocks) if one.id == block_id and one.form), None)
    if place is None:
        raise NotFound
    asked = blocks[place].form
    form = AskingForm([*asked.questions.values()] if asked else [], request.POST, prefix=block_id)
    status = 422
    if form.is_valid() and not may_once_more(request, "pages.answer", WRITING):
        form.add_error(None, _("Too many questions from here. Wait a quarter of an hour, or write us a mail."))
        status = 429
    elif form.is_valid():
        if form.cleaned_data["website"]:  # a program filled it in: it may think what it likes
            return redirect("pages:show", slug)
        try:
            return redirect("service:status", status_token(_passed_on(form, str(found))))
        except InvalidFields as error:
            form.refuse(error)
    blocks[place] = replace(blocks[place], form=form)
    return render(request, "pages/page.html", {"page": found, "blocks": blocks}, status=status)


def _passed_on(form: AskingForm, title: str) -> Ticket:
    said = Said(title, form.told(), form.cleaned_data["name"], form.cleaned_data["address"])
    language = "en" if (get_language() or "it").startswith("en") else "it"
    return pass_on(CUSTOMER, said, article=None, language=language, tag="page")


@public
@require_GET
def picture(request: HttpRequest, picture_id: UUID) -> FileResponse:
    """A picture of what is public."""
    return answer_file(public_picture(picture_id).file, inline=True)


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All pages."""
    request.principal.require("settings", "view")
    return render(request, "pages/list.html", {"pages": list(Page.objects.all())})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new page."""
    request.principal.require("settings", "edit")
    return _page_form(request, None)


@require_http_methods(["GET", "POST"])
def facts(request: StaffRequest, page_id: UUID) -> HttpResponse:
    """Its address, its names, its days."""
    request.principal.require("settings", "edit")
    return _page_form(request, page_of(page_id))


@require_GET
def edit(request: StaffRequest, page_id: UUID) -> HttpResponse:
    """Its blocks, in their order, as they are being written."""
    request.principal.require("settings", "view")
    page = page_of(page_id)
    kinds = dict(KINDS)
    blocks = [(block, kinds[block["kind"]], place) for place, block in enumerate(page.blocks)]
    context = {"page": page, "blocks": blocks, "kinds": KINDS, "versions": versions_of(page)}
    return render(request, "pages/edit.html", context | {"last": len(blocks) - 1})


@require_GET
def preview(request: StaffRequest, page_id: UUID) -> HttpResponse:
    """As it would be public, for a visitor whom we do not know."""
    request.principal.require("settings", "view")
    page = page_of(page_id)
    context = {"page": page, "blocks": shown(page.blocks, None), "preview": True}
    return render(request, "pages/page.html", context)


@require_GET
def draft_picture(request: StaffRequest, page_id: UUID, picture_id: UUID) -> FileResponse:
    """A picture of what is being written."""
    request.principal.require("settings", "view")
    found = page_of(page_id).pictures.select_related("file").filter(pk=picture_id).first()
    if found is None:
        raise NotFound
    return answer_file(found.file, inline=True)


@require_http_methods(["GET", "POST"])
def block(request: StaffRequest, page_id: UUID, kind: str, block_id: str = "") -> HttpResponse:
    """A new block of a kind, or one that is changed."""
    request.principal.require("settings", "edit")
    page = page_of(page_id)
    kept = next((found for found in page.blocks if found["id"] == block_id), None)
    if kind not in HOLDS or (block_id and (kept is None or kept["kind"] != kind)):
        raise NotFound
    form = BlockForm(kind, request.POST or None, request.FILES or None, initial=kept)
    version = page.version
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                facts = form.cleaned_data | {"picture": _picture(request, page, kept)}
                read = posted_version(request) if block_id else None
                put_block(request.principal, page, kind, facts, block=block_id, version=read)
            messages_with_undo(request, _("Saved."), operation, f"/settings/pages/{page.pk}")
            return redirect("pages:edit", page.pk)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.add_error(None, str(error))
            version = error.version
    context = {"page": page, "form": form, "kind": dict(KINDS)[kind], "kept": kept, "version": version}
    return render(request, "pages/block.html", context, status=422 if form.errors else 200)


@require_POST
def act(request: StaffRequest, page_id: UUID) -> HttpResponse:
    """Publish, withdraw, move or remove a block, or write it as in a version: what the pressed button says."""
    page, principal = page_of(page_id), request.principal
    what, _colon, about = request.POST.get("act", "").partition(":")
    with one_operation() as operation:
        if what == "publish":
            publish_page(principal, page)
        elif what == "withdraw":
            withdraw_page(principal, page)
        elif what == "remove":
            remove_block(principal, page, about)
        elif what in ("up", "down"):
            place = next((n for n, found in enumerate(page.blocks) if found["id"] == about), 0)
            move_block(principal, page, about, to=place + (1 if what == "down" else -1))
        elif what == "version" and about.isascii() and about.isdigit() and len(about) < 9:
            write_as_in(principal, page, int(about))
        else:
            raise NotFound
    messages_with_undo(request, _("Done."), operation, f"/settings/pages/{page.pk}")
    return redirect("pages:edit", page.pk)


def _page_form(request: StaffRequest, page: Page | None) -> HttpResponse:
    initial = {name: getattr(page, name) for name in FACTS} if page else {}
    form = PageForm(request.POST or None, initial=initial)
    version = page.version if page else 0
    if request.method == "POST" and form.is_valid():
        try:
            read = posted_version(request) if page else None
            found = keep_page(request.principal, page, version=read, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("pages:edit", found.pk)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.add_error(None, str(error))
            version = error.version
    context = {"form": form, "page": page, "version": version}
    return render(request, "pages/facts.html", context, status=422 if form.errors else 200)


def _picture(request: StaffRequest, page: Page, kept: dict[str, Any] | None) -> str:
    """The picture that was sent, or else the one that is there."""
    upload = request.FILES.get("upload")
    if upload is None:
        return str(kept.get("picture", "")) if kept else ""
    data, media_type = upload.read(6 * 1024 * 1024), upload.content_type or ""
    return str(add_picture(request.principal, page, data, name=upload.name or "", media_type=media_type).pk)
