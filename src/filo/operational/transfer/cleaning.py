"""The facts of a row become clean; what is refused and can be done without is left out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields
from filo.operational.parties.drafts import LINES, clean_party
from filo.operational.transfer.facts import Facts

NAMES = ("legal_name", "given_name", "family_name", "kind")


def clean(facts: Facts) -> None:
    """Clean as every party is; what is refused and can be done without is left out with a warning."""
    for _attempt in range(8):
        try:
            facts.draft = clean_party(facts.data)
        except InvalidFields as refusal:
            if not _leave_out(facts, refusal):
                return
        else:
            _keep_doubts(facts)
            return
    facts.refuse("", _("This row cannot be read."))


def _keep_doubts(facts: Facts) -> None:
    assert facts.draft is not None  # noqa: S101
    for address in facts.draft.addresses:
        for doubt in address.doubts:
            facts.warn(facts.columns.get("postal_code", ""), doubt)


def _leave_out(facts: Facts, refusal: InvalidFields) -> bool:
    """Take away what was refused; False when the row cannot do without it."""
    gone: set[int] = set()
    for path, sentences in refusal.fields.items():
        name, _dot, rest = path.partition(".")
        if name == "contact_points" and rest:
            gone.add(int(rest.partition(".")[0]))
            point = facts.data["contact_points"][int(rest.partition(".")[0])]
            facts.warn(point["column"], f"{point['value'][:60]}: {sentences[0]}")
        elif name == "addresses" and rest:
            place, _dot, part = rest.partition(".")
            address = facts.data["addresses"][int(place)]
            value = address.pop(part, "")
            facts.warn(
                facts.columns.get(part, ""),
                sentences[0] if not value else f"{str(value)[:60]}: {sentences[0]}",
            )
        elif not _shorten(facts, name, sentences[0]):
            return False
    points = facts.data["contact_points"]
    facts.data["contact_points"] = [point for place, point in enumerate(points) if place not in gone]
    return True


def _shorten(facts: Facts, name: str, sentence: object) -> bool:
    """A line that is too long is cut, anything else that is wrong is left out; a name cannot be."""
    value = str(facts.data.get(name) or "").strip()
    column = facts.columns.get(name, "")
    if name in LINES and len(value) > LINES[name]:
        facts.data[name] = value[: LINES[name]]
        facts.warn(column, sentence)
        return True
    if name in ("contact_points", "addresses"):  # more than anybody has
        facts.data[name] = facts.data[name][:20]
        facts.warn("", sentence)
        return True
    if name in NAMES or name not in facts.data:
        facts.refuse(column, sentence)
        return False
    facts.warn(column, sentence)
    del facts.data[name]
    return True
