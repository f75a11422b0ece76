"""Makes anew, from the facts, what is kept for reading: the ways to see parties, and their last contacts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import UUIDField

from filo.operational.parties.models import LastContact, Party

Outcomes = Iterable[tuple[str, str]]
WAYS = """
    INSERT INTO parties_reach (party_id, relationship_id, direct, living, kind, sort_name, person_id, unit_id,
        company_id, owner_id, area_id, channel_id, product_line_id, stage)
    SELECT r.party_id, r.id, TRUE, q.deleted_at IS NULL, q.kind, q.sort_name, p.person_id, r.unit_id,
        r.company_id, r.owner_id, r.area_id, r.channel_id, r.product_line_id, r.stage
    FROM parties_relationship r JOIN parties_party q ON q.id = r.party_id
    LEFT JOIN (
        SELECT id AS relationship_id, owner_id AS person_id FROM parties_relationship WHERE owner_id IS NOT NULL
        UNION SELECT relationship_id, user_id FROM parties_relationshipmember
    ) p ON p.relationship_id = r.id"""
CONTACTS = """
    INSERT INTO parties_reach (party_id, relationship_id, direct, living, kind, sort_name, person_id, unit_id,
        company_id, stage)
    SELECT DISTINCT t.from_party_id, w.relationship_id, FALSE, q.deleted_at IS NULL, q.kind, q.sort_name, w.person_id,
        w.unit_id, w.company_id, ''
    FROM parties_partyrelation t JOIN parties_reach w ON w.party_id = t.to_party_id AND w.direct
    JOIN parties_party q ON q.id = t.from_party_id
    WHERE t.role IN ('contact', 'owner', 'employee', 'legal-representative')"""
BARE = """
    INSERT INTO parties_reach (party_id, direct, living, kind, sort_name, stage)
    SELECT p.id, TRUE, p.deleted_at IS NULL, p.kind, p.sort_name, '' FROM parties_party p
    LEFT JOIN (SELECT DISTINCT party_id FROM parties_reach) w ON w.party_id = p.id
    WHERE w.party_id IS NULL"""
LAST_CONTACTS = """
    INSERT INTO parties_lastcontact (party_id, at, person_id, unit_id, company_id)
    SELECT party_id, MAX(at), person_id, unit_id, company_id FROM (
        SELECT party_id, at, COALESCE(owner_id, actor_id) AS person_id, unit_id, company_id
        FROM parties_timelineentry WHERE {contact}
        UNION ALL SELECT party_id, at, actor_id, unit_id, company_id
        FROM parties_timelineentry WHERE {contact} AND actor_id <> owner_id
    ) t GROUP BY party_id, person_id, unit_id, company_id"""
LATEST = """
    UPDATE parties_party SET last_contact_at = (
        SELECT MAX(at) FROM parties_timelineentry WHERE {contact} AND party_id = parties_party.id
    ) WHERE id IN ({places})"""


def rebuild_reading_tables(*, unreached: Outcomes = ()) -> None:
    """Empty and fill them in one transaction; on a large table this takes a minute, and writers wait.

    `unreached` are the outcomes (channel, code) by which nobody was spoken to.
    """
    contact, values = _is_contact(unreached)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM parties_reach")
        cursor.execute("DELETE FROM parties_lastcontact")
        for statement in (WAYS, CONTACTS, BARE):
            cursor.execute(statement)
        cursor.execute(LAST_CONTACTS.format(contact=contact), values * 2)


def reckon_contacts(party_ids: Iterable[UUID], *, unreached: Outcomes = ()) -> None:
    """When these few parties were last in contact, anew from what is told of them; in the caller's transaction.

    For what was told and is no more, or otherwise: a contact that is added is noted by `note_contact`.
    """
    ids = sorted(party_ids)
    if not ids:
        return
    list(Party.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    LastContact.objects.filter(party__in=ids).delete()
    keys = [UUIDField().get_db_prep_value(key, connection) for key in ids]
    places = ", ".join(["%s"] * len(keys))
    contact, values = _is_contact(unreached)
    with connection.cursor() as cursor:
        here, given = f"{contact} AND party_id IN ({places})", [*values, *keys]
        cursor.execute(LAST_CONTACTS.format(contact=here), given * 2)
        cursor.execute(LATEST.format(contact=contact, places=places), [*values, *keys])


def _is_contact(unreached: Outcomes) -> tuple[str, list[Any]]:
    """The condition that an entry tells of a contact, and its values."""
    values = [f"{channel}/{code}" for channel, code in unreached]
    condition = "object = 'interaction' AND channel <> 'note'"
    if values:
        condition += f" AND channel || '/' || outcome NOT IN ({', '.join(['%s'] * len(values))})"
    return condition, values
