"""What hangs on a product at the API: its pictures, and what goes with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import File, Form, Router
from ninja.files import UploadedFile

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.rest.answers import answer, no_content
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale
from filo.operational.catalogue.api import telling
from filo.operational.catalogue.api.setup_shapes import (
    PictureChange,
    PictureForm,
    PictureList,
    PictureOrder,
    PictureShape,
    RelatedBody,
    RelatedList,
    Relation,
)
from filo.operational.catalogue.models import Product, ProductImage
from filo.operational.catalogue.queries.page import relations_of, seen_product
from filo.operational.catalogue.services.pictures import LARGEST, add_image, change_image, order_images, remove_image
from filo.operational.catalogue.services.relating import part_products, relate_products

router = Router(tags=["products"])


@router.get("/products/{uuid:product_id}/images", response=PictureList, summary="List the pictures of a product")
def list_product_images(request: ApiRequest, product_id: UUID) -> HttpResponse:
    """In their order; the first is the one that lists show."""
    return answer(_pictures(seen_product(require(request, "product", "view"), product_id)))


@router.post("/products/{uuid:product_id}/images", response={201: PictureShape}, summary="Add a picture to a product")
def add_product_image(
    request: ApiRequest, product_id: UUID, body: Form[PictureForm], image: File[UploadedFile]
) -> HttpResponse:
    """A PNG, JPEG, WebP or GIF of 8 MB at most, sent as `multipart/form-data`; it becomes the last."""
    telling.refuse_unknown({*request.POST, *request.FILES} - {"words", "image"})
    principal = require(request, "product", "edit")
    product = seen_product(principal, product_id)
    refuse_stale(request, product.version)
    made = add_image(principal, product, bytes(image.read(LARGEST + 1)), words=body.words)
    headers = {"Location": f"/api/v1/products/{product.pk}/images/{made.pk}/file"}
    return answer(telling.image(_picture(product, made.pk)), status=201, headers=headers)


@router.get("/products/{uuid:product_id}/images/{uuid:image_id}/file", summary="Fetch a picture of a product")
def get_product_image(request: ApiRequest, product_id: UUID, image_id: UUID) -> HttpResponseBase:
    """The file as it was added."""
    product = seen_product(require(request, "product", "view"), product_id)
    return answer_file(_picture(product, image_id).file, inline=True)


@router.patch("/products/{uuid:product_id}/images/{uuid:image_id}", response=PictureShape, summary="Describe a picture")
def patch_product_image(request: ApiRequest, product_id: UUID, image_id: UUID, body: PictureChange) -> HttpResponse:
    """What is on it, in words. `If-Match` takes the version of the product."""
    principal = require(request, "product", "edit")
    product = seen_product(principal, product_id)
    refuse_stale(request, product.version)
    change_image(principal, product, image_id, words=body.words)
    return answer(telling.image(_picture(product, image_id)))


@router.delete(
    "/products/{uuid:product_id}/images/{uuid:image_id}", response={204: None}, summary="Take a picture away"
)
def remove_product_image(request: ApiRequest, product_id: UUID, image_id: UUID) -> HttpResponse:
    """It is gone for good."""
    principal = require(request, "product", "edit")
    product = seen_product(principal, product_id)
    refuse_stale(request, product.version)
    remove_image(principal, product, image_id)
    return no_content()


@router.post(
    "/products/{uuid:product_id}/images/order", response=PictureList, summary="Put the pictures of a product in order"
)
def order_product_images(request: ApiRequest, product_id: UUID, body: PictureOrder) -> HttpResponse:
    """Those that are named first, in this order; the others follow."""
    principal = require(request, "product", "edit")
    product = seen_product(principal, product_id)
    refuse_stale(request, product.version)
    order_images(principal, product, body.images)
    return answer(_pictures(product))


@router.get("/products/{uuid:product_id}/related", response=RelatedList, summary="List what goes with a product")
def list_related_products(request: ApiRequest, product_id: UUID) -> HttpResponse:
    """Accessories, alternatives, steps up and successors, those one sees."""
    principal = require(request, "product", "view")
    return answer(_related(principal, seen_product(principal, product_id)))


@router.post("/products/{uuid:product_id}/related", response=RelatedList, summary="Relate two products")
def add_related_product(request: ApiRequest, product_id: UUID, body: RelatedBody) -> HttpResponse:
    """The other goes with this one; twice changes nothing."""
    principal = require(request, "product", "edit")
    product = seen_product(principal, product_id)
    refuse_stale(request, product.version)
    other = Product.objects.visible_to(principal).filter(pk=body.other).first()
    if other is None:
        raise InvalidFields({"other": NotFound.sentence})
    relate_products(principal, product, other, body.kind)
    return answer(_related(principal, product))


@router.delete("/products/{uuid:product_id}/related/{uuid:other_id}", response={204: None}, summary="Part two products")
def remove_related_product(request: ApiRequest, product_id: UUID, other_id: UUID, kind: Relation) -> HttpResponse:
    """The other does not go with it as `kind` after all; twice changes nothing."""
    principal = require(request, "product", "edit")
    product = seen_product(principal, product_id)
    refuse_stale(request, product.version)
    part_products(principal, product, seen_product(principal, other_id), kind)
    return no_content()


def _pictures(product: Product) -> dict[str, Any]:
    rows = ProductImage.objects.filter(product=product).select_related("file")
    return {"items": [telling.image(one) for one in rows]}


def _picture(product: Product, image_id: UUID) -> ProductImage:
    found = ProductImage.objects.filter(product=product, pk=image_id).select_related("file").first()
    if found is None:
        raise NotFound
    return found


def _related(principal: Principal, product: Product) -> dict[str, Any]:
    rows = relations_of(principal, product).filter(product=product).prefetch_related("other__texts")
    items = [{"other": one.other_id, "code": one.other.code, "name": str(one.other), "kind": one.kind} for one in rows]
    return {"items": items}
