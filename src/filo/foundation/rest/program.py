"""django-ninja's API, made to answer in the way of the house: every address behind the door, one document."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.openapi.urls import get_openapi_urls
from ninja.operation import Operation, PathView

from filo.foundation.rest.bodies import BodyParser
from filo.foundation.rest.document import amended, completed
from filo.foundation.rest.door import guarded, nothing_here, spoken
from filo.foundation.rest.problems import answer_problem


class RestApi(NinjaAPI):
    """The API under /api/v1: routers are added to it, everything else is the same for all of them."""

    def __init__(self, *, urls_namespace: str = "api", **facts: Any) -> None:
        super().__init__(parser=BodyParser(), urls_namespace=urls_namespace, **facts)
        self._exception_handlers.clear()
        self.add_exception_handler(Exception, answer_problem)

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        """The document and its explorer are public; an address that is not there is told as a problem too."""
        patterns: list[URLResolver | URLPattern] = []
        for pattern in get_openapi_urls(self):
            pattern.callback = spoken(pattern.callback)
            patterns.append(pattern)
        for bound in self._get_bound_routers():
            views = [view for view in bound.path_operations.values() for _operation in view.operations]
            for pattern, view in zip(bound.urls_paths(bound.prefix), views, strict=True):
                pattern.callback = guarded(pattern.callback, _declared(view))
                patterns.append(pattern)
        return [*patterns, re_path("", guarded(nothing_here, None), name="api-root")]

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """A verb and what it is about, as in the code: `list_parties`."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **_place: Any) -> OpenAPISchema:
        """The document, made once but for what the firm itself declares."""
        return amended(self._document)

    @cached_property
    def _document(self) -> OpenAPISchema:
        return completed(super().get_openapi_schema(path_prefix="/api/v1/"))


def _declared(view: PathView) -> dict[str, frozenset[str]]:
    """The query parameters of an address, for each method."""
    found: dict[str, frozenset[str]] = {}
    for operation in view.operations:
        names = frozenset(
            name
            for model in operation.models
            if model.__ninja_param_source__ == "query"
            for name in model.__ninja_flatten_map__
        )
        found |= dict.fromkeys(operation.methods, names)
    return found
