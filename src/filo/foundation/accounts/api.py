"""Who I am at the API, who works here, and the codes of the firm's dimensions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.errors import NotFound
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Shape
from filo.foundation.web.paging import Key

router = Router(tags=["firm"])

BY_CODE = {
    "code": (Key("code"), Key("id")),
    "-code": (Key("code", descending=True), Key("id", descending=True)),
    "name": (Key("name"), Key("id")),
    "-name": (Key("name", descending=True), Key("id", descending=True)),
}
PEOPLE_SORTS = {
    "email": (Key("email"), Key("id")),
    "-email": (Key("email", descending=True), Key("id", descending=True)),
    "name": (Key("given_name"), Key("family_name"), Key("id")),
}


class Me(Shape):
    """Whoever the token belongs to, and what it may do. `scopes` is `["*"]` for everything the role may."""

    id: UUID
    name: str
    email: str
    role: str
    unit: str | None
    companies: list[str]
    language: str
    time_zone: str
    scopes: list[str]


class ColleagueShape(Shape):
    """Somebody who works here. `unit` and `role` are codes."""

    id: UUID
    name: str
    email: str
    role: str
    unit: str | None
    language: str
    is_active: bool


class Named(Shape):
    """One value of a dimension: bodies name it by its code."""

    id: UUID
    code: str
    name: str


class ProductLineShape(Named):
    """A product line and the company that sells it."""

    company: str


class UnitShape(Named):
    """A part of the firm; `parent` is a code."""

    parent: str | None


class PersonList(Shape):
    """People of the firm."""

    items: list[ColleagueShape]
    next: str | None
    count: int
    count_is_exact: bool


class NamedList(Shape):
    """Values of a dimension."""

    items: list[Named]
    next: str | None
    count: int
    count_is_exact: bool


class LineList(Shape):
    """Product lines."""

    items: list[ProductLineShape]
    next: str | None
    count: int
    count_is_exact: bool


class UnitList(Shape):
    """Units, as a tree."""

    items: list[UnitShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/me", response=Me, summary="Who am I?")
def me(request: ApiRequest) -> HttpResponse:
    """The person whose token this is, with role and scopes. Any token may ask."""
    principal = request.principal
    user = User.objects.select_related("role", "unit").get(id=principal.user_id or UUID(int=0))
    found = _person(user) | {
        "companies": [company.code for company in _companies(principal)],
        "time_zone": user.time_zone,
        "scopes": ["*"] if principal.token_scopes is None else sorted(principal.token_scopes),
    }
    del found["is_active"]
    return answer(found)


@router.get("/users", response=PersonList, summary="People of the firm")
def list_users(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Those who can be owners, members and assignees; `q` looks into names and addresses."""
    principal = require(request, "user", "view")
    found = User.objects.select_related("role", "unit")
    for word in asked.q.split()[:8]:
        found = found.filter(Q(email__icontains=word) | Q(given_name__icontains=word) | Q(family_name__icontains=word))
    page, count = listed(principal, found, asked, sorts=PEOPLE_SORTS)
    return list_answer([_person(user) for user in page.rows], page.next, count)


@router.get("/users/{uuid:user_id}", response=ColleagueShape, summary="One of the people")
def get_user(request: ApiRequest, user_id: UUID) -> HttpResponse:
    """Somebody who works here."""
    require(request, "user", "view")
    user = User.objects.select_related("role", "unit").filter(pk=user_id).first()
    if user is None:
        raise NotFound
    return answer(_person(user))


@router.get("/companies", response=NamedList, summary="Selling companies")
def list_companies(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The companies of the group that one works in. Any token may read the codes of the firm."""
    return _named_list(request, _companies(request.principal), asked)


@router.get("/areas", response=NamedList, summary="Areas")
def list_areas(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The territories."""
    return _named_list(request, Area.objects.all(), asked)


@router.get("/channels", response=NamedList, summary="Sales channels")
def list_channels(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The ways in which customers are sold to."""
    return _named_list(request, Channel.objects.all(), asked)


@router.get("/product-lines", response=LineList, summary="Product lines")
def list_product_lines(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The lines of products of the companies one works in."""
    found = ProductLine.objects.select_related("company").filter(company__in=_companies(request.principal))
    page, count = listed(request.principal, _narrowed(found, asked.q), asked, sorts=BY_CODE)
    items = [_named(row) | {"company": row.company.code} for row in page.rows]
    return list_answer(items, page.next, count)


@router.get("/units", response=UnitList, summary="Units")
def list_units(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The parts of the firm; each names the one above it."""
    found = _narrowed(Unit.objects.select_related("parent"), asked.q)
    page, count = listed(request.principal, found, asked, sorts=BY_CODE)
    items = [_named(row) | {"parent": row.parent.code if row.parent else None} for row in page.rows]
    return list_answer(items, page.next, count)


def _companies(principal: Principal) -> QuerySet[SellingCompany]:
    rows = SellingCompany.objects.all()
    return rows if principal.company_ids is None else rows.filter(pk__in=principal.company_ids)


def _named_list(request: ApiRequest, found: QuerySet[Any], asked: ListParams) -> HttpResponse:
    page, count = listed(request.principal, _narrowed(found, asked.q), asked, sorts=BY_CODE)
    return list_answer([_named(row) for row in page.rows], page.next, count)


def _narrowed(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split()[:8]:
        found = found.filter(Q(code__icontains=word) | Q(name__icontains=word))
    return found


def _named(row: Any) -> dict[str, Any]:
    return {"id": row.id, "code": row.code, "name": row.name}


def _person(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "role": user.role.code,
        "unit": user.unit.code if user.unit else None,
        "language": user.language,
        "is_active": user.is_active,
    }
