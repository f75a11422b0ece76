"""Pictures that lists of products name by their addresses are fetched from the web, in the background, each once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.egress import EgressFailed, call
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.folding import clean_line
from filo.foundation.jobs.services import enqueue
from filo.operational.catalogue.models import ASKED, DONE, FAILED, Product, WantedPicture
from filo.operational.catalogue.services.changing import locked_product, tell_of
from filo.operational.catalogue.services.pictures import LARGEST, MOST_IMAGES, add_image

MOST_MOVES = 3
_MOVED = (301, 302, 303, 307, 308)
# Whoever is asked too often, or is not well at the moment, may give it later.
_LATER = (408, 425, 429, *range(500, 600))


class NotYet(DomainError):
    """It did not come now, and may come later."""

    code, status = "not-yet", 502


def want_pictures(principal: Principal, product: Product, wanted: Sequence[tuple[str, str]]) -> int:
    """Have pictures fetched: (address, what is on it), in order; gives how many are new. What was wanted from an
    address before is not fetched again, also where the picture was taken away since. Raises `Forbidden`.
    """
    if not wanted:
        return 0
    principal.require("product", "edit")
    known = dict(WantedPicture.objects.filter(product=product).values_list("address", "state"))
    new = [(address, words) for address, words in wanted[:MOST_IMAGES] if address not in known]
    rows = [WantedPicture(product=product, address=one, words=clean_line(words, max_length=200)) for one, words in new]
    with transaction.atomic():
        WantedPicture.objects.bulk_create(rows)
        if rows or ASKED in known.values():  # a job that was to fetch them may have found the product in the bin
            _ask(principal, product)
    return len(rows)


def want_again(principal: Principal, product: Product) -> None:
    """Try what has not come once more. Raises `Forbidden`."""
    with transaction.atomic():
        locked = locked_product(principal, product)
        if WantedPicture.objects.filter(product=locked).exclude(state=DONE).update(state=ASKED, said=""):
            _ask(principal, locked)


def forget_wanted(principal: Principal, product: Product) -> None:
    """What has not come is wanted no longer, also when its list comes in again. Raises `Forbidden`."""
    with transaction.atomic():
        locked = locked_product(principal, product)
        WantedPicture.objects.filter(product=locked).update(state=DONE)


def fetch_pictures(
    principal: Principal, product_id: UUID, *, is_last: bool, stop: Callable[[], bool] = lambda: False
) -> bool:
    """Fetch what is wanted for a product, in order; whether something of it may come later. is_last: nobody tries
    again, so that what did not come is told on its page. stop: asked before each.
    """
    later, silent = False, set[str]()
    wanted = WantedPicture.objects.filter(product=product_id, product__deleted_at=None, state=ASKED)
    for one in wanted.select_related("product"):
        if stop():
            return later
        try:
            _fetch(principal, one, silent)
        except NotYet as reason:
            later = True
            if is_last:
                _fail(principal, one, str(reason))
        except InvalidFields as refused:
            _fail(principal, one, " ".join(str(sentence) for told in refused.fields.values() for sentence in told))
        except DomainError as refused:
            _fail(principal, one, str(refused))
    return later


def _ask(principal: Principal, product: Product) -> None:
    enqueue("catalogue.fetch", principal=principal, product=str(product.pk))


def _fetch(principal: Principal, wanted: WantedPicture, silent: set[str]) -> None:
    """Once, whoever else fetches it meanwhile. silent: the hosts that did not answer, which are not asked again.

    Raises `NotYet`, `EgressRefused`, `InvalidFields`, `Forbidden`.
    """
    data = _read(wanted.address, silent)
    with transaction.atomic():
        locked = locked_product(principal, wanted.product)
        if WantedPicture.objects.filter(pk=wanted.pk, state=ASKED).update(state=DONE):
            add_image(principal, locked, data, words=wanted.words)


def _read(address: str, silent: set[str]) -> bytes:
    for _move in range(MOST_MOVES + 1):
        host = urlsplit(address).netloc
        if host in silent:
            raise NotYet(EgressFailed.sentence)
        try:
            answer = call("GET", address, headers={"Accept": "image/*"}, most_bytes=LARGEST + 1)
        except EgressFailed as failure:
            silent.add(host)
            raise NotYet(str(failure)) from None
        if answer.status == 200:
            return answer.body
        if answer.status in _MOVED and (place := answer.headers.get("location")):
            address = _joined(address, place)
            continue
        told = _("The other side answered with %(status)s.") % {"status": answer.status}
        raise NotYet(told) if answer.status in _LATER else _NoPicture(told)
    raise _NoPicture(_("The address leads from one place to the next."))


def _joined(address: str, place: str) -> str:
    try:
        return urljoin(address, place)
    except ValueError:
        raise _NoPicture(_("The address leads from one place to the next.")) from None


class _NoPicture(DomainError):
    """There is none at this address."""

    code, status = "no-picture", 422


def _fail(principal: Principal, wanted: WantedPicture, sentence: str) -> None:
    WantedPicture.objects.filter(pk=wanted.pk).update(state=FAILED, said=sentence[:300])
    tell_of(principal, wanted.product_id, ["images"])
