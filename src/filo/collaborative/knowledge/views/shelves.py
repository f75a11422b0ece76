"""Categories: made, named, and what is put into them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.knowledge.forms import CategoryForm
from filo.collaborative.knowledge.models import Article, Category
from filo.collaborative.knowledge.naming import thing_named
from filo.collaborative.knowledge.queries.listing import shelves
from filo.collaborative.knowledge.services import (
    article_of_file,
    article_of_ticket,
    move_articles,
    remove_category,
    save_category,
)
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest, asked_id

MOST_FILES = 10


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All categories, in their order."""
    request.principal.require("article", "edit")
    return render(request, "knowledge/categories.html", {"shelves": shelves(request.principal)})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new category."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, category_id: UUID) -> HttpResponse:
    """Another name or place."""
    return _form(request, _category(category_id))


def _form(request: StaffRequest, category: Category | None) -> HttpResponse:
    request.principal.require("article", "edit")
    names = ("name_it", "name_en", "position")
    initial = {name: getattr(category, name) for name in names} if category else {}
    form = CategoryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        place = -1 if found["position"] is None else found["position"]
        try:
            save_category(
                request.principal, category, name_it=found["name_it"], name_en=found["name_en"], position=place
            )
            messages.success(request, _("Saved."))
            return redirect("knowledge:categories")
        except InvalidFields as error:
            form.refuse(error)
    status = 422 if request.method == "POST" else 200
    return render(request, "knowledge/category.html", {"form": form, "category": category}, status=status)


@require_POST
def remove(request: StaffRequest, category_id: UUID) -> HttpResponse:
    """The category goes, its articles stay."""
    category = _category(category_id)
    remove_category(request.principal, category)
    messages.success(request, _("The category is gone; its articles are in none now."))
    return redirect("knowledge:categories")


@require_POST
def put(request: StaffRequest, category_id: UUID) -> HttpResponse:
    """What was dropped onto a category: an article moves there; of a request, and of each file, a draft is made."""
    principal, category = request.principal, _category(category_id)
    principal.require("article", "edit")
    back = f"{reverse('knowledge:list')}?category={category.code}"
    uploads = request.FILES.getlist("file")[:MOST_FILES]
    if uploads:
        drafts = [
            article_of_file(
                principal,
                upload.read(),
                name=upload.name or "",
                media_type=upload.content_type or "",
                category=category,
            )
            for upload in uploads
        ]
        messages.success(request, _("A draft was made of each file."))
        return redirect("knowledge:edit", drafts[0].id) if len(drafts) == 1 else redirect(back)
    thing = thing_named(principal, request.POST.get("thing", "")[:2000])
    if thing is None:
        messages.error(request, _("This is neither an article nor a request nor a file that you see."))
    elif isinstance(thing, Article):
        with one_operation() as operation:
            move_articles(principal, [thing.pk], category)
        messages_with_undo(request, _("Moved to %(name)s.") % {"name": category.name}, operation, back)
    else:
        with one_operation():
            draft = article_of_ticket(principal, thing)
            move_articles(principal, [draft.pk], category)
        messages.success(request, _("A draft was made of the request %(number)s.") % {"number": thing.number})
        return redirect("knowledge:edit", draft.id)
    return redirect(back)


@require_POST
def move(request: StaffRequest) -> HttpResponse:
    """The chosen articles into a category, or into none."""
    wanted = request.POST.get("category", "")
    category = Category.objects.filter(code=wanted).first() if wanted else None
    if wanted and category is None:
        raise NotFound
    ids = [asked_id(one) for one in request.POST.getlist("chosen")]
    with one_operation() as operation:
        moved = move_articles(request.principal, ids, category)
    words = ngettext("%(n)s article moved.", "%(n)s articles moved.", moved) % {"n": moved}
    back = reverse("knowledge:list") + (f"?category={wanted}" if wanted else "")
    messages_with_undo(request, words, operation, back)
    return redirect(back)


def _category(category_id: UUID) -> Category:
    found = Category.objects.filter(pk=category_id).first()
    if found is None:
        raise NotFound
    return found
