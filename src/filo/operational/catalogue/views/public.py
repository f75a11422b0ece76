"""A reserved catalogue, as whoever has its link sees it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filo.foundation import clock
from filo.foundation.errors import NotFound
from filo.foundation.files.answering import answer_file
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public
from filo.operational.catalogue.models import Catalogue, ProductImage
from filo.operational.catalogue.queries.showing import catalogue_by_link, products_in, published_on

LIMIT = (300, 60)  # times, within seconds
MOST_SHOWN = 300


@public
@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Its products in the visitor's language; a link that was replaced or whose days are over says so."""
    if not may_once_more(request, "catalogue.show", LIMIT):
        return _refused(request, _("Too many tries. Wait a minute."), status=429)
    found = catalogue_by_link(token)
    if found is None:
        return _refused(
            request, _("This link does not hold any more. Ask who sent it to you for a new one."), status=404
        )
    if not _is_open(found):
        return _refused(request, _("This catalogue is closed at the moment. Ask who sent you the link."), status=410)
    language = get_language() or "it"
    products = [
        (one, one.name_in(language), one.description_in(language))
        for one in products_in(found, clock.today())[:MOST_SHOWN]
    ]
    context = {"catalogue": found, "products": products, "token": token}
    return render(request, "catalogue/public.html", context)


def _is_open(found: Catalogue) -> bool:
    return published_on(clock.today()).filter(pk=found.pk).exists()


def _refused(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    return render(request, "catalogue/public.html", {"refusal": sentence}, status=status)


@public
@require_GET
def image(request: HttpRequest, token: str, image_id: UUID) -> HttpResponseBase:
    """A picture of a product that the catalogue of this link shows."""
    found = catalogue_by_link(token)
    if found is None or not _is_open(found):
        raise NotFound
    shown = products_in(found, clock.today()).order_by().values("pk")
    picture = ProductImage.objects.filter(pk=image_id, product__in=shown).select_related("file").first()
    if picture is None:
        raise NotFound
    answer = answer_file(picture.file, inline=True)
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
