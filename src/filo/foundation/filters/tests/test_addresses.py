"""A tree and its address stand for the same: what is written into one is read back from the other."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from filo.foundation.access.principal import Principal, system
from filo.foundation.errors import BadRequest
from filo.foundation.filters.asking import canonical, query_of, tree_of
from filo.foundation.filters.fields import OPERATORS, WITHOUT_VALUE, FilterField, FilterSet

NAMES = ("stage", "city", "created", "fields.budget")
FIELDS = FilterSet.of(
    *(FilterField(name, name, OPERATORS, lambda *_: None) for name in NAMES),  # type: ignore[arg-type]
    FilterField("vat_number", "VAT", ("is",), lambda *_: None, mask=("party", "vat_number")),  # type: ignore[arg-type]
)
READER = system("test")

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12),
    st.sampled_from(["is:x", "before:", "in:a,b", "60", "", ":", "2026-01-31", "a:b", "none", "me"]),
)
values = st.one_of(texts, st.integers(0, 99), st.booleans(), st.none(), st.lists(texts, max_size=3))
conditions = st.one_of(
    st.fixed_dictionaries({"field": st.sampled_from(NAMES), "op": st.sampled_from(OPERATORS), "value": values}),
    st.fixed_dictionaries({"field": st.sampled_from(NAMES), "op": st.sampled_from(sorted(WITHOUT_VALUE))}),
    st.fixed_dictionaries({"field": st.sampled_from(NAMES), "value": values}),
)
trees = st.recursive(
    conditions,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"and": st.lists(inner, max_size=4)}),
        st.fixed_dictionaries({"or": st.lists(inner, max_size=4)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=6,
)


def read(address: str, reader: Principal = READER) -> dict[str, Any] | None:
    return tree_of(QueryDict(address), FIELDS, reader)


@settings(deadline=None)
@given(trees)
def test_every_tree_is_read_back_from_its_address(tree: dict[str, Any]) -> None:
    try:
        expected = canonical(tree)
    except BadRequest:  # nested beyond reading
        return
    assert read(urlencode(query_of(tree))) == expected


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), texts), max_size=6))
def test_every_address_is_written_back_from_its_tree(pairs: list[tuple[str, str]]) -> None:
    tree = read(urlencode(pairs))
    assert read(urlencode(query_of(tree))) == tree


@pytest.mark.parametrize(
    "address",
    [
        "stage=lead",
        "stage=lead&stage=customer",
        "stage=is-not%3Acustomer&created=this-month%3A",
        "created=after%3A2026-01-01&created=before%3A2026-02-01",
        "fields.budget=more%3A1000&city=Milano",
        "city=is%3Abefore%3Anoon",
    ],
)
def test_what_plain_parameters_can_say_stays_plain(address: str) -> None:
    assert urlencode(query_of(read(address))) == address


def test_what_they_cannot_say_is_one_compact_tree() -> None:
    either = {"or": [{"field": "stage", "op": "is", "value": "lead"}, {"field": "city", "op": "empty"}]}
    address = query_of({"and": [either]})
    assert address == [("filter", json.dumps(either, separators=(",", ":")))]
    assert read(urlencode([*address, ("stage", "lead"), ("sort", "name"), ("view", "1")])) == {
        "and": [either, {"field": "stage", "op": "is", "value": "lead"}]
    }


def test_nothing_asked_for_is_no_filter() -> None:
    assert read("stage=&city=&sort=name&q=anna&utm=1") is None
    assert query_of(None) == query_of({"and": []}) == []


@pytest.mark.parametrize(
    "address", ["filter=x", "filter=[]", "filter=%22a%22", "filter=" + "%7B%22not%22:" * 900, "filter=" + "x" * 9000]
)
def test_nonsense_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(BadRequest) as refused:
        read(address)
    assert len(str(refused.value).split()) > 3


def test_a_masked_name_is_refused_and_not_left_out() -> None:
    masked = Principal(kind="staff", name="x", masks={"party": frozenset({"vat_number"})})
    with pytest.raises(BadRequest):
        read("vat_number=IT1", masked)
    assert read("vat_number=IT1") is not None
