"""Which assignment rules fit a deal, and who would get it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db.models import Count

from filo.foundation.accounts.models import User
from filo.operational.deals.models import AssignmentRule, Deal, DealAssignment
from filo.operational.parties.models import Relationship

ROWS = ("pipeline_id", "company_id", "product_line_id", "area_id", "channel_id")


@dataclass(frozen=True)
class Sought:
    """What the rules look at."""

    pipeline_id: UUID | None = None
    company_id: UUID | None = None
    product_line_id: UUID | None = None
    area_id: UUID | None = None
    channel_id: UUID | None = None
    province: str = ""
    postal_code: str = ""
    language: str = ""
    score: int = 0

    def as_words(self) -> dict[str, str]:
        """What is kept with a decision."""
        return {name: str(value) for name, value in asdict(self).items() if value not in (None, "")}


def sought_of(deal: Deal) -> Sought:
    """The same of a deal."""
    address = next(iter(deal.party.addresses.all()), None)
    return Sought(
        pipeline_id=deal.pipeline_id,
        company_id=deal.company_id,
        product_line_id=deal.product_line_id,
        area_id=deal.area_id,
        channel_id=deal.channel_id,
        province=address.province if address else "",
        postal_code=address.postal_code if address else "",
        language=deal.party.language,
        score=deal.score,
    )


def sought_in(relationship: Relationship) -> Sought:
    """The same of a customer whom nobody follows; of points and pipelines nothing is known."""
    address = next(iter(relationship.party.addresses.all()), None)
    return Sought(
        company_id=relationship.company_id,
        product_line_id=relationship.product_line_id,
        area_id=relationship.area_id,
        channel_id=relationship.channel_id,
        province=address.province if address else "",
        postal_code=address.postal_code if address else "",
        language=relationship.party.language,
    )


def fitting(sought: Sought, *, gives: str = "deals") -> list[AssignmentRule]:
    """The rules in use that give this and fit, in their order."""
    rules = AssignmentRule.objects.filter(active=True, gives__in=(gives, "both"))
    return [rule for rule in rules if fits(rule, sought)]


def fits(rule: AssignmentRule, sought: Sought) -> bool:
    """Whether all that a rule asks for is so."""
    for name in ROWS:
        wanted = getattr(rule, name)
        if wanted is not None and wanted != getattr(sought, name):
            return False
    if rule.language and rule.language != sought.language:
        return False
    if rule.min_score is not None and sought.score < rule.min_score:
        return False
    return not rule.provinces.strip() or _is_there(rule.provinces, sought)


def _is_there(provinces: str, sought: Sought) -> bool:
    """`MI` is a province, `201` the beginning of postal codes."""
    for sign in provinces.upper().replace(",", " ").split():
        if sign.isdigit() and sought.postal_code.startswith(sign):
            return True
        if not sign.isdigit() and sought.province.upper() == sign:
            return True
    return False


def people_of(rule: AssignmentRule) -> list[User]:
    """Its people who still work here, in their order."""
    rows = rule.people.filter(user__is_active=True).select_related("user")
    return [row.user for row in rows]


@dataclass(frozen=True)
class WouldGet:
    """Who would get a deal: a person next in turn, or the unit alone; `others` are those who come after."""

    rule: AssignmentRule
    person: User | None
    others: list[User]


def would_get(sought: Sought) -> WouldGet | None:
    """Who would get a deal like this one now; nothing is written and no turn is taken."""
    for rule in fitting(sought):
        people = people_of(rule)
        if people:
            ordered = _in_turn(rule, people)
            return WouldGet(rule, ordered[0], ordered[1:4])
        if rule.unit_id is not None:
            return WouldGet(rule, None, [])
    return None


def _in_turn(rule: AssignmentRule, people: list[User]) -> list[User]:
    if rule.way == "load":
        load = open_deals_by_owner(people)
        return sorted(people, key=lambda person: load.get(person.id, 0))
    ids = [person.id for person in people]
    after = ids.index(rule.last_person_id) + 1 if rule.last_person_id in ids else 0
    return [people[(after + step) % len(people)] for step in range(len(people))]


def open_deals_by_owner(people: list[User]) -> dict[UUID | None, int]:
    """How many open deals each of these people has."""
    rows = Deal.objects.filter(owner__in=people, state="open", deleted_at=None)
    return dict(rows.order_by().values_list("owner").annotate(n=Count("pk")))


def leads_by_owner(people: list[User]) -> dict[UUID | None, int]:
    """How many who are not customers yet each of these people follows."""
    rows = Relationship.objects.filter(owner__in=people, ended_at=None, party__deleted_at=None).exclude(
        stage="customer"
    )
    return dict(rows.order_by().values_list("owner").annotate(n=Count("pk")))


def latest_assignments(number: int = 30) -> list[DealAssignment]:
    """What the rules decided lately."""
    rows = DealAssignment.objects.select_related("deal", "rule", "user", "unit")
    return list(rows.order_by("-at", "-id")[:number])
