"""Invoices at the API: the fiscal data of the companies that sell."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import NotFound, Stale
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.invoices.api import telling
from filo.operational.invoices.api.bodies import FiscalChange
from filo.operational.invoices.api.shapes import FiscalList, FiscalShape
from filo.operational.invoices.frozen import fiscal_of
from filo.operational.invoices.models import CompanyFiscal
from filo.operational.invoices.services import save_fiscal

router = Router(tags=["invoices"])
SORTS = {"company": (Key("code"), Key("id")), "-company": (Key("code", descending=True), Key("id", descending=True))}


@router.get("/fiscal-data", response=FiscalList, summary="List fiscal data")
def list_fiscal_data(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Of each company that sells; what nobody wrote is as usual, with the version 0. Order: company. `q`: a name."""
    principal = require(request, "settings", "view")
    found = SellingCompany.objects.filter(name__icontains=asked.q.strip())
    page, count = listed(principal, found, asked, sorts=SORTS)
    known = {one.company_id: one for one in CompanyFiscal.objects.filter(company__in=page.rows)}
    items = [_shown(company, known.get(company.pk) or CompanyFiscal(version=0)) for company in page.rows]
    return list_answer(items, page.next, count)


@router.get("/fiscal-data/{uuid:company_id}", response=FiscalShape, summary="Read fiscal data", openapi_extra=VERSIONED)
def get_fiscal_data(request: ApiRequest, company_id: UUID) -> HttpResponse:
    """Of one company."""
    require(request, "settings", "view")
    company = _known(company_id)
    return versioned(request, _shown(company, fiscal_of(company)))


@router.patch(
    "/fiscal-data/{uuid:company_id}", response=FiscalShape, summary="Change fiscal data", openapi_extra=VERSIONED
)
def patch_fiscal_data(request: ApiRequest, company_id: UUID, body: FiscalChange) -> HttpResponse:
    """Regime, register of firms, bank, numbers, and how files reach the exchange."""
    principal = require(request, "settings", "edit")
    company, changes = _known(company_id), body.sent()
    facts = changes | ({"capital": body.capital.amount if body.capital else None} if "capital" in changes else {})
    version = version_to_write(request, fiscal_of(company).version)
    try:
        save_fiscal(principal, company, facts, version=version)
    except Stale as error:
        raise stale(_shown(company, fiscal_of(company)), changes, error) from None
    return versioned(request, _shown(company, fiscal_of(company)))


def _known(company_id: UUID) -> SellingCompany:
    found = SellingCompany.objects.filter(pk=company_id).first()
    if found is None:
        raise NotFound
    return found


def _shown(company: SellingCompany, fiscal: CompanyFiscal) -> dict[str, Any]:
    fiscal.company = company
    return telling.fiscal(fiscal)
