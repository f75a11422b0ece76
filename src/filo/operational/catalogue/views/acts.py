"""What is done to a product from its page."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from filo.foundation.amounts import read_number
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, asked_id, posted_version
from filo.operational.catalogue.forms import values_of_lines
from filo.operational.catalogue.models import STATUSES, Product
from filo.operational.catalogue.queries.page import seen_product
from filo.operational.catalogue.services.copies import duplicate_product
from filo.operational.catalogue.services.fetching import forget_wanted, want_again
from filo.operational.catalogue.services.grids import make_grid
from filo.operational.catalogue.services.pictures import LARGEST, add_image, change_image, order_images, remove_image
from filo.operational.catalogue.services.products import change_product, delete_product, restore_product
from filo.operational.catalogue.services.relating import part_products, relate_products
from filo.operational.catalogue.services.variants import save_variants
from filo.operational.catalogue.views.pages import context_of

_ROW = re.compile(r"v(\d{1,4})-sku")


def _product(request: StaffRequest, product_id: UUID) -> Product:
    return seen_product(request.principal, product_id)


def _page_of(product: Product) -> HttpResponse:
    return redirect("catalogue:product", product.pk)


def _refused(request: StaffRequest, product: Product, error: DomainError, **typed: Any) -> HttpResponse:
    """The page again with the sentence, and with all that was typed."""
    said = [str(one) for found in error.fields.values() for one in found] if isinstance(error, InvalidFields) else []
    if "version" in request.POST and not isinstance(error, Stale):
        typed["version"] = posted_version(request)
    context = context_of(request, product, refusal=" ".join(said) or str(error), **typed)
    return render(request, "catalogue/product.html", context, status=422)


@require_POST
def variants(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """The table of variants, all rows at once; an empty new row is none."""
    product = _product(request, product_id)
    typed = _typed_rows(request, product)
    try:
        with one_operation() as operation:
            save_variants(
                request.principal,
                product,
                [_row(one) for one in typed if one["id"] or one["sku"] or one["price"]],
                version=posted_version(request),
            )
        messages_with_undo(request, _("Saved."), operation)
    except (InvalidFields, Stale) as error:
        return _refused(request, product, error, typed_rows=typed)
    return _page_of(product)


def _typed_rows(request: StaffRequest, product: Product) -> list[dict[str, Any]]:
    """The rows as they were typed."""
    numbers = sorted({int(found[1]) for name in request.POST if (found := _ROW.fullmatch(name))})
    names = ("id", "sku", "barcode", "price", "cost")
    rows = []
    for number in numbers:
        row: dict[str, Any] = {name: request.POST.get(f"v{number}-{name}", "")[:200].strip() for name in names}
        row["cells"] = [
            request.POST.get(f"v{number}-a{place}", "")[:120].strip() for place in range(len(product.attributes))
        ]
        row["values"] = dict(zip(product.attributes, row["cells"], strict=True))
        row["active"] = f"v{number}-active" in request.POST
        rows.append(row)
    return rows


def _row(typed: dict[str, Any]) -> dict[str, Any]:
    """As the verb takes it; what is no number is told with the row's code."""
    found: dict[str, Any] = {"sku": typed["sku"], "barcode": typed["barcode"], "active": typed["active"]}
    if any(typed["values"].values()) or typed["cells"]:
        found["values"] = typed["values"]
    if typed["id"]:
        found["id"] = asked_id(typed["id"])
    for name in ("price", "cost"):
        try:
            found[name] = read_number(typed[name]) if typed[name] else None
        except ValueError:
            said = _("“%(text)s” is not a number (%(sku)s).") % {"text": typed[name], "sku": typed["sku"]}
            raise InvalidFields({name: said}) from None
    return found


@require_POST
def grid(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """A variant for each combination of what is typed."""
    product = _product(request, product_id)
    text = request.POST.get("grid", "")[:4_000]
    first = product.variants.first()
    facts = {"price": first.price, "cost": first.cost, "currency": first.currency} if first else {}
    try:
        _changed, made = make_grid(request.principal, product, values_of_lines(text), **facts)
    except InvalidFields as error:
        return _refused(request, product, error, typed_grid=text)
    messages.success(request, ngettext("%(n)s variant made.", "%(n)s variants made.", made) % {"n": made})
    return _page_of(product)


@require_POST
def status(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """On sale, a draft, no longer sold; with a way back."""
    product, wanted = _product(request, product_id), request.POST.get("status", "")
    try:
        with one_operation() as operation:
            change_product(request.principal, product, {"status": wanted})
    except InvalidFields as error:
        return _refused(request, product, error)
    said = _("%(name)s: %(status)s.") % {"name": product.name, "status": dict(STATUSES)[wanted]}
    messages_with_undo(request, said, operation)
    return _page_of(product)


@require_POST
def duplicate(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """The same once more, as a draft."""
    copy = duplicate_product(request.principal, _product(request, product_id))
    messages.success(request, _("Here is the copy: give it its name and its codes."))
    return redirect("catalogue:edit", copy.pk)


@require_POST
def delete(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """Into the bin, with a way back."""
    product = _product(request, product_id)
    try:
        with one_operation() as operation:
            delete_product(request.principal, product)
    except DomainError as error:
        if error.status != 409:
            raise
        return _refused(request, product, error)
    messages_with_undo(request, _("%(name)s is in the bin.") % {"name": product.name}, operation)
    return redirect("catalogue:list")


@require_POST
def restore(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """Out of the bin."""
    product = restore_product(request.principal, _product(request, product_id))
    messages.success(request, _("%(name)s is in the catalogue again.") % {"name": product.name})
    return _page_of(product)


@require_POST
def add_images(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """Pictures, several at once."""
    product = _product(request, product_id)
    try:
        for file in request.FILES.getlist("image"):
            add_image(request.principal, product, _read(file), words=request.POST.get("words", ""))
    except InvalidFields as error:
        return _refused(request, product, error)
    return _page_of(product)


def _read(file: Any) -> bytes:
    return bytes(file.read(LARGEST + 1))


@require_POST
def change_picture(request: StaffRequest, product_id: UUID, image_id: UUID) -> HttpResponse:
    """Its words; or to the front, or away."""
    product, do = _product(request, product_id), request.POST.get("do", "")
    if do == "remove":
        remove_image(request.principal, product, image_id)
    elif do == "first":
        order_images(request.principal, product, [image_id])
    else:
        change_image(request.principal, product, image_id, words=request.POST.get("words", ""))
    return _page_of(product)


@require_POST
def wanted(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """Pictures that did not come are tried again, or wanted no longer."""
    product = _product(request, product_id)
    if request.POST.get("do") == "forget":
        forget_wanted(request.principal, product)
    else:
        want_again(request.principal, product)
    return _page_of(product)


@require_POST
def order(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """The pictures in the order in which they were dragged."""
    product = _product(request, product_id)
    order_images(request.principal, product, [asked_id(one) for one in request.POST.getlist("image")])
    return _page_of(product)


@require_POST
def relate(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """What goes with it."""
    product = _product(request, product_id)
    try:
        other = seen_product(request.principal, asked_id(request.POST.get("other")))
        relate_products(request.principal, product, other, request.POST.get("kind", ""))
    except DomainError as error:
        return _refused(request, product, error)
    return redirect(f"{reverse('catalogue:product', args=[product.pk])}#relations")


@require_POST
def part(request: StaffRequest, product_id: UUID) -> HttpResponse:
    """What does not go with it after all."""
    product = _product(request, product_id)
    other = seen_product(request.principal, asked_id(request.POST.get("other")))
    part_products(request.principal, product, other, request.POST.get("kind", ""))
    return redirect(f"{reverse('catalogue:product', args=[product.pk])}#relations")
