"""A small API of its own: endpoints that keep something and then succeed, refuse or break."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.urls import path
from ninja import Router

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError
from filo.foundation.ids import uuid7
from filo.foundation.rest.answers import answer
from filo.foundation.rest.program import RestApi
from filo.foundation.rest.requests import ApiRequest
from filo.foundation.rest.schemas import Body

router = Router()


class Note(Body):
    """What is kept."""

    text: str


@router.post("/notes")
def keep(request: ApiRequest, body: Note) -> HttpResponse:
    _keep(request.principal, body.text)
    return answer({"text": body.text, "number": str(uuid7())}, status=201, headers={"Location": "/api/v1/notes/1"})


@router.post("/refused")
def keep_and_refuse(request: ApiRequest, body: Note) -> HttpResponse:
    _keep(request.principal, body.text)
    raise DomainError(code="too-late")


@router.post("/broken")
def keep_and_break(request: ApiRequest, body: Note) -> HttpResponse:
    _keep(request.principal, body.text)
    raise RuntimeError("the secret is 42")


def _keep(principal: Principal, text: str) -> None:
    with transaction.atomic():
        record(principal, text, kind="note", object_id=uuid7())


api = RestApi(title="Samples", urls_namespace="samples")
api.add_router("", router)
urlpatterns = [path("api/v1/", api.urls)]
