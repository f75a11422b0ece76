"""Who gets a deal that nobody has, or a customer whom nobody follows: the first rule that fits decides.

What it decided is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.operational.deals.events import DealGiven
from filo.operational.deals.models import AssignmentRule, Deal, DealAssignment
from filo.operational.deals.queries.assigning import (
    Sought,
    fitting,
    leads_by_owner,
    open_deals_by_owner,
    people_of,
    sought_in,
    sought_of,
)
from filo.operational.deals.services.adding_up import add_up, part_of
from filo.operational.parties.models import Relationship
from filo.operational.parties.services.relationships import assign_relationship

GIVER = system("assignment rules")


def assign_by_rules(deal: Deal) -> DealAssignment | None:
    """Give a deal without an owner to whom the first fitting rule says; called in the transaction of a verb.

    Gives what was decided, None where no rule fits.
    """
    sought = sought_of(deal)
    for rule in fitting(sought):
        person = _next_person(rule)
        if person is None and rule.unit_id is None:
            continue  # a rule whose people have all left decides nothing
        return _give(deal, rule, person, sought)
    return None


def give_newcomer(party_id: UUID) -> int:
    """Give what a new party is to us, where nobody follows it, to whom the first fitting rule says; gives how many.

    Where the row names an owner already nothing is changed; what the rules did stands in the audit.
    """
    if not AssignmentRule.objects.filter(active=True, gives__in=("customers", "both")).exists():
        return 0
    rows = Relationship.objects.filter(party=party_id, owner=None, ended_at=None, party__deleted_at=None)
    return sum(_give_customer(row) for row in rows.exclude(stage="customer").select_related("party", "area", "channel"))


def _give_customer(row: Relationship) -> bool:
    for rule in fitting(sought_in(row), gives="customers"):
        person = _next_person(rule, load=leads_by_owner)
        if person is None and rule.unit_id is None:
            continue
        unit = (person.unit if person else None) or rule.unit
        assign_relationship(
            GIVER,
            row,
            version=None,
            owner_id=person.pk if person else None,
            area=row.area,
            channel=row.channel,
            unit=unit,
        )
        return True
    return False


def _next_person(
    rule: AssignmentRule, load: Callable[[list[User]], dict[UUID | None, int]] = open_deals_by_owner
) -> User | None:
    """The row of the rule is locked until the transaction ends: two deals that come at once go to two people."""
    locked = AssignmentRule.objects.select_for_update().get(pk=rule.pk)
    people = people_of(locked)
    if not people:
        return None
    if locked.way == "load":
        counted = load(people)
        chosen = min(people, key=lambda person: counted.get(person.id, 0))
    else:
        ids = [person.id for person in people]
        after = ids.index(locked.last_person_id) + 1 if locked.last_person_id in ids else 0
        chosen = people[after % len(people)]
    locked.last_person = chosen
    locked.save(update_fields=["last_person"])
    return chosen


def _give(deal: Deal, rule: AssignmentRule, person: User | None, sought: Sought) -> DealAssignment:
    before, was = (deal.owner_id, deal.unit_id), part_of(deal)
    deal.owner = person
    deal.unit_id = (person.unit_id if person else None) or rule.unit_id or deal.unit_id
    deal.save(update_fields=["owner", "unit"])
    add_up([(was, part_of(deal))])
    kept = DealAssignment.objects.create(
        deal=deal,
        rule=rule,
        rule_name=rule.name,
        user=person,
        unit_id=deal.unit_id,
        facts=sought.as_words(),
        at=clock.now(),
    )
    changes = {"owner_id": (before[0], deal.owner_id), "unit_id": (before[1], deal.unit_id)}
    record(GIVER, "deal.assign", kind="deal", object_id=deal.id, changes=changes)
    if person is not None:
        announce(GIVER, DealGiven(deal=deal.id, party=deal.party_id, owner=person.id))
    return kept
