"""A nested object as one row: its values by the names of the columns that address books and headers use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_DEPTH = 6
# Names around what matters that say nothing themselves.
_TRANSPARENT = frozenset(("properties", "attributes_", "fields_", "contact", "person", "values"))
# What programs tell of the object and nobody wants to bring in.
_LEFT_OUT = frozenset(("attributes", "links", "_links", "archived", "metadata"))
_POINTS = {"email": "E-mail", "pec": "PEC", "phone": "Phone", "mobile": "Mobile", "fax": "Fax", "web": "Website"}
_POINTS["social"] = "Profile"


def flattened(found: Mapping[str, Any]) -> dict[str, str]:
    """{column: cell} of an object."""
    cells: dict[str, str] = {}
    for name, value in found.items():
        if name in ("contact_points", "addresses") and _is_list_of_objects(value):
            _add_own(cells, name, value)
        elif name == "external_identities" and isinstance(value, list):
            cells |= {
                f"code: {row.get('system')}": str(row.get("key") or "") for row in value if isinstance(row, Mapping)
            }
        elif name == "relationships" and _is_list_of_objects(value):
            _add_relationship(cells, value[0])
        elif name == "field_data" and _is_list_of_objects(value):  # a form of Meta: [{"name": …, "values": […]}]
            for row in value:
                _add(cells, str(row.get("name") or "value"), row.get("values"), 0)
        elif name not in _LEFT_OUT:
            _add(cells, name, value, 0)
    return cells


def _add(cells: dict[str, str], name: str, value: Any, depth: int) -> None:
    if value is None or depth > MOST_DEPTH:
        return
    if isinstance(value, Mapping):
        for inner, part in value.items():
            if inner not in _LEFT_OUT:
                # The firm's own fields keep the name that they have at the API.
                joined = f"{name}.{inner}" if name == "fields" else f"{name} {inner}"
                _add(cells, inner if name in _TRANSPARENT else joined, part, depth + 1)
    elif _is_list_of_objects(value):
        for number, row in enumerate(value[:20], start=1):
            for inner, part in row.items():
                _add(cells, f"{name} {number} - {inner}", part, depth + 1)
    elif isinstance(value, list):
        cells[name] = "; ".join(_said(part) for part in value if part is not None)
    else:
        cells[name] = _said(value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return str(value)


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _add_own(cells: dict[str, str], name: str, rows: list[Mapping[str, Any]]) -> None:
    """The contact points and addresses of a party as this product gives them."""
    counts: dict[str, int] = {}
    for row in rows[:60]:
        kind = "Address" if name == "addresses" else _POINTS.get(str(row.get("type")), "Profile")
        counts[kind] = counts.get(kind, 0) + 1
        group = f"{kind} {counts[kind]}"
        if name == "addresses":
            cells[f"{group} - Label"] = str(row.get("use") or "")
            parts = ("street", "locality", "postal_code", "city", "province", "country", "latitude", "longitude")
            cells |= {
                f"{group} - {part.replace('_', ' ').title()}": _said(row[part]) for part in parts if row.get(part)
            }
        else:
            star = "* " if row.get("preferred") else ""
            cells[f"{group} - Label"] = f"{star}{row.get('label') or ''}".strip()
            cells[f"{group} - Value"] = str(row.get("value") or "")


def _add_relationship(cells: dict[str, str], row: Mapping[str, Any]) -> None:
    """What a party is to us, the furthest along, as one row can say it."""
    owner = row.get("owner")
    person = owner.get("email") if isinstance(owner, Mapping) else owner
    for name, value in (("owner", person), *((name, row.get(name)) for name in ("stage", "area", "channel"))):
        if isinstance(value, str) and value:
            cells[name] = value
    if isinstance(row.get("product_line"), str):
        cells["product_line"] = row["product_line"]
