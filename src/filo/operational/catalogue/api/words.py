"""What categories, attributes and values are called in other languages, at the API."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.rest.answers import answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.operational.catalogue.api.catalogue_shapes import WordList, WordParams, WordsBody, WordsChanged
from filo.operational.catalogue.api.telling import texts_told
from filo.operational.catalogue.queries.wordings import words_in_use
from filo.operational.catalogue.services.wordings import Said, set_words

router = Router(tags=["products"])


@router.get("/product-words", response=WordList, summary="List words of products")
def list_product_words(request: ApiRequest, asked: Query[WordParams]) -> HttpResponse:
    """The categories, attributes or values in use, by word, with what they are called in other languages."""
    principal = require(request, "product", "view")
    found = words_in_use(principal, asked.kind, asked.q)
    items = [{"kind": asked.kind, "word": one.said, "texts": texts_told(one.texts)} for one in found]
    return answer({"items": items})


@router.post("/product-words", response=WordsChanged, summary="Say words of products in other languages")
def set_product_words(request: ApiRequest, body: WordsBody) -> HttpResponse:
    """All of them or none; the same again changes nothing."""
    principal = require(request, "product", "edit")
    said = [
        Said(one.kind, one.word, language, text.get("name"), text.get("description"))
        for one in body.words
        for language, text in one.texts.items()
    ]
    return answer({"changed": set_words(principal, said)})
