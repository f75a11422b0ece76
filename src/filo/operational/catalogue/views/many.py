"""What is done to many products at once: those ticked in the list, or all that it finds."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.filters.asking import tree_of
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.many import ACTS
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.queries.listing import products_found
from filo.operational.catalogue.services.many import change_many

LONGEST_QUERY, MOST_CHOSEN = 8_000, 200


@require_POST
def change(request: StaffRequest) -> HttpResponse:
    """The act on those chosen, as one act with a way back."""
    principal, act = request.principal, ACTS.get(request.POST.get("act", ""))
    principal.require("product", "edit")
    query = request.POST.get("query", "")[:LONGEST_QUERY].removeprefix("?")
    back = f"{reverse('catalogue:list')}?{query or 'view=all'}"
    chosen = request.POST.getlist("chosen")[:MOST_CHOSEN]
    if act is None or not (chosen or request.POST.get("all")):
        messages.error(request, _("Choose products, and what becomes of them."))
        return redirect(back)
    with one_operation() as operation:
        changed, more = change_many(principal, _found(request, query, chosen), act[1])
    said = ngettext("%(n)s product changed.", "%(n)s products changed.", changed) % {"n": changed}
    if not changed:
        said = _("They are so already.")
    if more:
        said += " " + _("There are more: do it once more for the next ones.")
    messages_with_undo(request, said, operation, back=back)
    return redirect(back)


def _found(request: StaffRequest, query: str, chosen: list[str]) -> QuerySet[Product]:
    """Those ticked, or all that the list finds at this address."""
    if request.POST.get("all"):
        asked = QueryDict(query)
        tree = tree_of(asked, PRODUCT_FILTERS, request.principal)
        return products_found(request.principal, tree, asked.get("q", "")[:120])
    return Product.objects.visible_to(request.principal).filter(pk__in=[asked_id(one) for one in chosen])
