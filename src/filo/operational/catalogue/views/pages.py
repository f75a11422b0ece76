"""The page of a product, a new one, its facts, its words in the other language, its pictures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import Forbidden, InvalidFields, NotFound, Stale
from filo.foundation.files.answering import answer_file
from filo.foundation.web.requests import StaffRequest, version_read
from filo.operational.catalogue.forms import NewProductForm, ProductForm, TextForm, initial_of, values_of_lines
from filo.operational.catalogue.models import RELATIONS, Product, ProductImage, VatClass
from filo.operational.catalogue.policies import PRODUCT_KEPT
from filo.operational.catalogue.queries.page import acts_on, moves_of, page_of_product, seen_product
from filo.operational.catalogue.services.grids import make_grid
from filo.operational.catalogue.services.products import change_product, create_product, set_product_text
from filo.operational.catalogue.typed import new_row, written_rows

OTHER = {"en": "English", "it": "Italiano"}


@require_GET
def page(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """Variants, prices, stock, pictures, what goes with it, what was changed."""
    return render(request, "catalogue/product.html", context_of(request, seen_product(request.principal, product_id)))


def context_of(request: StaffRequest, product: Product, **refused: Any) -> dict[str, Any]:
    """What the template of a product needs; what was refused takes the place of what is kept."""
    found = page_of_product(request.principal, product)
    tab = request.GET.get("tab", "")
    typed = refused.get("typed_rows", ())
    return {
        "page": found,
        "variant_rows": written_rows(found.rows, typed, refused.get("typed_stock")),
        "new_row": new_row(product.attributes, typed),
        "product": product,
        "version": product.version,
        "moves": moves_of(product) if product.stocked else [],
        "relation_kinds": RELATIONS,
        "tab": tab if tab in ("left", "right") else "main",
        "columns": 6 + len(found.places) + len(product.attributes),
        **refused,
    }


@require_GET
def peek(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """The product in short, beside the list."""
    product = seen_product(request.principal, product_id)
    found = page_of_product(request.principal, product)
    return render(request, "catalogue/_peek.html", {"page": found, "product": product})


@require_GET
def changes(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """What was changed, asked for when it comes into sight."""
    product = seen_product(request.principal, product_id)
    acts, back = acts_on(request.principal, product), reverse("catalogue:product", args=[product.id])
    context = {"acts": acts, "may_edit": request.principal.may("product", "edit"), "back": back}
    return render(request, "history/_changes.html", context)


@require_GET
def image(request: StaffRequest, image_id: UUID) -> HttpResponseBase:
    """A picture; it never changes under its address."""
    request.principal.require("product", "view")
    seen = Product.objects.visible_to(request.principal)
    found = ProductImage.objects.filter(pk=image_id, product__in=seen).select_related("file").first()
    if found is None:
        raise NotFound
    answer = answer_file(found.file, inline=True)
    answer["Cache-Control"] = "private, max-age=604800, immutable"
    return answer


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A product with its price and, where it comes in several, all of its variants."""
    principal = request.principal
    principal.require("product", "create")
    form = NewProductForm(
        principal, request.POST or None, initial={"vat": VatClass.objects.filter(active=True).first()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            product = _create(request, form)
            messages.success(request, _("%(name)s is in the catalogue.") % {"name": product.name})
            return redirect("catalogue:product", product.pk)
        except InvalidFields as error:
            form.refuse(_at_fields(error))
    return render(request, "catalogue/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _create(request: StaffRequest, form: NewProductForm) -> Product:
    clean, facts = form.cleaned_data, form.facts()
    money = {"price": clean["price"], "cost": clean["cost"]}
    grid = values_of_lines(clean["grid"])
    with one_operation(), transaction.atomic():
        product = create_product(request.principal, facts, variants=[{"sku": facts["code"], **money}])
        if grid:
            make_grid(request.principal, product, grid, **money)
    return product


def _at_fields(error: InvalidFields) -> InvalidFields:
    """What verbs call a field, as the form calls it: `0.sku` is the code, `vat_id` is VAT."""
    names = {"facts": "features", "attributes": "grid", "sku": "code"}
    fields = {}
    for name, sentences in error.fields.items():
        last = name.rpartition(".")[2].removesuffix("_id")
        fields[names.get(last, last)] = sentences
    return InvalidFields(fields)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """Its facts; who saved first is not overwritten."""
    product = seen_product(request.principal, product_id)
    request.principal.require("product", "edit")
    if not PRODUCT_KEPT.allows(request.principal, product):
        raise Forbidden
    form = ProductForm(request.principal, request.POST or None, initial=initial_of(product))
    version = version_read(request, product.version)
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                change_product(request.principal, product, form.facts(), version=version)
            messages_with_undo(request, _("Saved."), operation, reverse("catalogue:product", args=[product.pk]))
            return redirect("catalogue:product", product.pk)
        except InvalidFields as error:
            form.refuse(_at_fields(error))
        except Stale as error:
            version = form.refuse_stale(error)
    context = {"form": form, "product": product, "version": version}
    return render(request, "catalogue/edit.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def text(request: StaffRequest, product_id: UUID, language: str) -> HttpResponse:
    """Its name and description in another language; who saved first is not overwritten."""
    product = seen_product(request.principal, product_id)
    if language not in OTHER:
        raise NotFound
    known = product.text_in(language)
    initial = {"name": known.name, "description": known.description} if known else None
    form, version = TextForm(request.POST or None, initial=initial), version_read(request, product.version)
    if request.method == "POST" and form.is_valid():
        try:
            with one_operation() as operation:
                set_product_text(request.principal, product, language, **form.cleaned_data, version=version)
            messages_with_undo(request, _("Saved."), operation, reverse("catalogue:product", args=[product.pk]))
            return redirect("catalogue:product", product.pk)
        except Stale as error:
            version = form.refuse_stale(error)
    context = {"form": form, "product": product, "version": version, "language": OTHER[language]}
    return render(request, "catalogue/text.html", context, status=422 if request.method == "POST" else 200)
