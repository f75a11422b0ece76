"""How the OpenAPI document describes the fields that there are now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from filo.foundation.fields.models import CustomField
from filo.foundation.fields.queries import fields_of

Schema = dict[str, Any]
_DECIMAL = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}


def described_in(entity: str, names: Collection[str]) -> Callable[[Mapping[str, Schema]], dict[str, Schema]]:
    """An amendment for `describe_with`: the schemas with these names, their `fields` described one by one."""

    def amendment(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
        fields = fields_of(entity)
        return {name: _amended(schemas[name], fields) for name in names} if fields else {}

    return amendment


def _amended(schema: Schema, fields: Collection[CustomField]) -> Schema:
    known = {key: value for key, value in schema["properties"]["fields"].items() if key != "additionalProperties"}
    own = {field.code: _nullable(field) for field in fields}
    described = {**known, "properties": own, "additionalProperties": False}
    return {**schema, "properties": {**schema["properties"], "fields": described}}


def _nullable(field: CustomField) -> Schema:
    return {"title": field.label, "anyOf": [_shape(field), {"type": "null"}]}


def _shape(field: CustomField) -> Schema:
    if field.kind == "number":
        return {"anyOf": [_DECIMAL, {"type": "number"}]}
    if field.kind == "money":
        return {"anyOf": [_DECIMAL, {"type": "number"}], "description": field.currency}
    if field.kind == "date":
        return {"type": "string", "format": "date"}
    if field.kind == "choice":
        return {"type": "string", "enum": [row["code"] for row in field.choices]}
    if field.kind == "choices":
        codes = [row["code"] for row in field.choices]
        return {"type": "array", "items": {"type": "string", "enum": codes}, "uniqueItems": True}
    if field.kind == "relation":
        return {"type": "string", "format": "uuid", "description": "A party"}
    return {"type": "string"}
