"""Pictures of products: taken in as what they are, put in order, told in words for who does not see them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Changes, record
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.files.services import store_file
from filo.foundation.folding import clean_line
from filo.operational.catalogue.models import Product, ProductImage
from filo.operational.catalogue.services.changing import locked_product, tell_of, touch

LARGEST, MOST_IMAGES = 8 * 1024 * 1024, 40
_SIGNS = {
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"GIF87a": ("image/gif", "gif"),
    b"GIF89a": ("image/gif", "gif"),
}


def kind_of_picture(data: bytes) -> tuple[str, str]:
    """The media type and the ending of a picture, by its first bytes. Raises `InvalidFields` for all else.

    SVG is refused: it may hold a script.
    """
    for sign, kind in _SIGNS.items():
        if data.startswith(sign):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", "webp"
    raise InvalidFields({"image": _("This is not a picture that can be shown: choose a PNG, JPEG, WebP or GIF.")})


def add_image(principal: Principal, product: Product, data: bytes, *, words: str = "") -> ProductImage:
    """One more picture, at the end. Raises `Forbidden`, `InvalidFields`."""
    if len(data) > LARGEST:
        raise InvalidFields({"image": _("A picture has 8 MB at most.")})
    media_type, ending = kind_of_picture(data)
    with transaction.atomic():
        locked = locked_product(principal, product)
        rows = ProductImage.objects.filter(product=locked)
        if rows.count() >= MOST_IMAGES:
            raise InvalidFields({"image": _("A product has %(most)s pictures at most.") % {"most": MOST_IMAGES}})
        last = rows.aggregate(last=Max("position"))["last"]
        image = ProductImage.objects.create(
            product=locked,
            file=store_file(data, name=f"{locked.code}.{ending}", media_type=media_type),
            words=clean_line(words, max_length=200),
            position=0 if last is None else last + 1,
        )
        _changed(principal, locked, "product.add-image", {"image": (None, str(image.pk))})
    return image


def change_image(principal: Principal, product: Product, image_id: UUID, *, words: str) -> None:
    """What is on it, in words. Raises `Forbidden`, `NotFound`."""
    words = clean_line(words, max_length=200)
    with transaction.atomic():
        locked = locked_product(principal, product)
        image = _image(locked, image_id)
        if image.words == words:
            return
        changes = {"image_words": (image.words, words)}
        image.words = words
        image.save(update_fields=["words"])
        _changed(principal, locked, "product.describe-image", changes)


def order_images(principal: Principal, product: Product, ids: Sequence[UUID]) -> None:
    """In this order; those that are not named follow. Raises `Forbidden`."""
    with transaction.atomic():
        locked = locked_product(principal, product)
        images = list(ProductImage.objects.filter(product=locked))
        rank = {pk: place for place, pk in enumerate(ids)}
        ordered = sorted(images, key=lambda one: rank.get(one.pk, len(rank)))
        if [one.pk for one in ordered] == [one.pk for one in images]:
            return
        for place, one in enumerate(ordered):
            ProductImage.objects.filter(pk=one.pk).update(position=place)
        _changed(principal, locked, "product.order-images", {})


def remove_image(principal: Principal, product: Product, image_id: UUID) -> None:
    """Away with it; the file goes with the sweep. Raises `Forbidden`, `NotFound`."""
    with transaction.atomic():
        locked = locked_product(principal, product)
        image = _image(locked, image_id)
        ProductImage.objects.filter(pk=image.pk).delete()
        _changed(principal, locked, "product.remove-image", {"image": (str(image.pk), None)})


def _image(product: Product, image_id: UUID) -> ProductImage:
    found = ProductImage.objects.filter(product=product, pk=image_id).first()
    if found is None:
        raise NotFound
    return found


def _changed(principal: Principal, locked: Product, action: str, changes: Changes) -> None:
    touch(locked)
    record(principal, action, kind="product", object_id=locked.pk, changes=changes)
    tell_of(principal, locked.pk, ["images"])
