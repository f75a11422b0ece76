"""What can be done to many: give to somebody, join, leave, move, set a fact, put into the bin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import active_people
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.fields.models import CustomField
from filo.foundation.fields.queries import fields_of
from filo.foundation.folding import clean_line
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.operational.parties.models.party import LANGUAGES
from filo.operational.parties.models.relationship import STAGE_ORDER
from filo.operational.parties.own_fields import ENTITY, clean_own

# The right that each kind takes, and whether it is about relationships.
RIGHTS = {
    "assign": "assign",
    "member-add": "assign",
    "member-remove": "assign",
    "stage": "edit",
    "fact": "edit",
    "bin": "delete",
}
ABOUT_THE_PARTY = ("fact", "bin")
PLACES: Mapping[str, Any] = {"unit_id": Unit, "area_id": Area, "channel_id": Channel}
FACTS: Mapping[str, str | Promise] = {
    "sector": gettext_lazy("Sector"),
    "language": gettext_lazy("Language"),
    "source": gettext_lazy("Source"),
}
OF_ONE_VALUE = ("text", "number", "money", "date", "choice")
LONGEST = {"sector": 120, "source": 80}


@dataclass(frozen=True)
class Act:
    """One act. `to` maps columns to their new values as plain JSON; company and line narrow to relationships;
    `with_work`: what is open with a customer goes along to whom he is given.
    """

    kind: str
    to: Mapping[str, str | None] = field(default_factory=dict)
    reason: str = ""
    company: str | None = None
    line: str | None = None
    with_work: bool = True

    @property
    def right(self) -> str:
        """The action on a party that it takes."""
        return RIGHTS[self.kind]

    @property
    def is_about_relationships(self) -> bool:
        return self.kind not in ABOUT_THE_PARTY

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def act_from(found: Mapping[str, Any]) -> Act:
    """The act that was kept."""
    return Act(**found)


def checked(principal: Principal, act: Act) -> Act:
    """The act as it will be done. Raises `Forbidden`, `NotFound` for an unknown kind, `InvalidFields`."""
    if act.kind not in RIGHTS:
        raise NotFound
    principal.require("party", act.right)
    _check_part(act)
    checks: dict[str, Callable[[Act], Act]] = {
        "assign": _checked_assignment,
        "member-add": _checked_member,
        "member-remove": _checked_member,
        "stage": _checked_stage,
        "fact": lambda act: _checked_fact(principal, act),
    }
    check = checks.get(act.kind)
    return check(act) if check else Act("bin")


def _check_part(act: Act) -> None:
    for name, model, key in (("company", SellingCompany, act.company), ("product_line", ProductLine, act.line)):
        if key and not model.objects.filter(pk=key).exists():
            raise InvalidFields({name: _("Choose one of the list.")})


def _checked_assignment(act: Act) -> Act:
    to = {name: act.to[name] for name in ("owner_id", *PLACES) if name in act.to}
    if not to:
        raise InvalidFields({"owner": _("Say what is to change.")})
    if to.get("owner_id"):
        _check_person(str(to["owner_id"]), "owner")
    for name, model in PLACES.items():
        if to.get(name) and not model.objects.filter(pk=to[name]).exists():
            raise InvalidFields({name.removesuffix("_id"): _("Choose one of the list.")})
    if to.get("area_id") and "unit_id" not in to:
        unit = Area.objects.get(pk=str(to["area_id"])).default_unit_id
        to |= {"unit_id": str(unit)} if unit is not None else {}
    return Act("assign", to, company=act.company, line=act.line, with_work=act.with_work)


def _checked_member(act: Act) -> Act:
    user = str(act.to.get("user") or "")
    if not user:
        raise InvalidFields({"user": _("Choose somebody who works here.")})
    if act.kind == "member-add":
        _check_person(user, "user")
    return Act(act.kind, {"user": user}, company=act.company, line=act.line)


def _check_person(key: str, name: str) -> None:
    if not active_people().filter(pk=key).exists():
        raise InvalidFields({name: _("Choose somebody who works here.")})


def _checked_stage(act: Act) -> Act:
    stage, reason = str(act.to.get("stage") or ""), act.reason.strip()[:300]
    if stage not in STAGE_ORDER:
        raise InvalidFields({"stage": _("Choose one of: %(names)s.") % {"names": ", ".join(STAGE_ORDER)}})
    if not reason:
        raise InvalidFields({"reason": _("Say why, so that whoever reads the story understands it.")})
    return Act("stage", {"stage": stage}, reason, company=act.company, line=act.line)


def _checked_fact(principal: Principal, act: Act) -> Act:
    if len(act.to) == 1 and next(iter(act.to)) in own_facts():
        return _checked_own(principal, *next(iter(act.to.items())))
    if len(act.to) != 1 or not act.to.keys() <= FACTS.keys():
        raise InvalidFields({"field": _("Choose one of: %(names)s.") % {"names": ", ".join(FACTS)}})
    ((name, raw),) = act.to.items()
    if name == "language":
        if raw not in dict(LANGUAGES):
            raise InvalidFields({"value": _("Choose one of: %(names)s.") % {"names": ", ".join(dict(LANGUAGES))}})
        return Act("fact", {name: raw})
    if len((raw or "").strip()) > LONGEST[name]:
        raise InvalidFields({"value": _("At most %(limit)s characters.") % {"limit": LONGEST[name]}})
    return Act("fact", {name: clean_line(raw or "", max_length=LONGEST[name])})


def own_facts() -> dict[str, CustomField]:
    """The fields of the firm's own that hold one value, by `fields.CODE`."""
    return {field.name: field for field in fields_of(ENTITY) if field.kind in OF_ONE_VALUE}


def _checked_own(principal: Principal, name: str, raw: str | None) -> Act:
    try:
        found = clean_own(principal, {name: raw}, current={}, stages=())
    except InvalidFields as error:
        raise InvalidFields({"value": error.fields.get(name, [])}) from None
    return Act("fact", {name: found[name]})


def as_key(text: str | None) -> UUID | None:
    """An id as it was kept."""
    return UUID(text) if text else None
