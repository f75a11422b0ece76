"""Who gets a deal that nobody has: the first rule that fits decides, and what it decided is kept."""

from __future__ import annotations

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.accounts.models import User
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce
from filo.operational.deals.events import DealGiven
from filo.operational.deals.models import AssignmentRule, Deal, DealAssignment
from filo.operational.deals.queries.assigning import Sought, fitting, open_deals_by_owner, people_of, sought_of
from filo.operational.deals.services.adding_up import add_up, part_of

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


def _next_person(rule: AssignmentRule) -> User | None:
    """The row of the rule is locked until the transaction ends: two deals that come at once go to two people."""
    locked = AssignmentRule.objects.select_for_update().get(pk=rule.pk)
    people = people_of(locked)
    if not people:
        return None
    if locked.way == "load":
        chosen = _least_loaded(people)
    else:
        ids = [person.id for person in people]
        after = ids.index(locked.last_person_id) + 1 if locked.last_person_id in ids else 0
        chosen = people[after % len(people)]
    locked.last_person = chosen
    locked.save(update_fields=["last_person"])
    return chosen


def _least_loaded(people: list[User]) -> User:
    load = open_deals_by_owner(people)
    return min(people, key=lambda person: load.get(person.id, 0))


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
