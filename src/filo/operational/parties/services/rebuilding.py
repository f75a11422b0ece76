"""Makes anew, from the facts, what is kept for reading: the ways to see parties, and their last contacts."""

from __future__ import annotations

from django.db import connection, transaction

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
    SELECT id, TRUE, deleted_at IS NULL, kind, sort_name, '' FROM parties_party p
    WHERE NOT EXISTS (SELECT 1 FROM parties_reach w WHERE w.party_id = p.id)"""
LAST_CONTACTS = """
    INSERT INTO parties_lastcontact (party_id, at, person_id, unit_id, company_id)
    SELECT party_id, MAX(at), person_id, unit_id, company_id FROM (
        SELECT party_id, at, owner_id AS person_id, unit_id, company_id FROM parties_timelineentry
        WHERE object = 'interaction' AND channel <> 'note'
        UNION ALL SELECT party_id, at, actor_id, unit_id, company_id FROM parties_timelineentry
        WHERE object = 'interaction' AND channel <> 'note' AND actor_id <> owner_id
    ) t GROUP BY party_id, person_id, unit_id, company_id"""


def rebuild_reading_tables() -> None:
    """Empty and fill them in one transaction; on a large table this takes a minute, and writers wait."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM parties_reach")
        cursor.execute("DELETE FROM parties_lastcontact")
        for statement in (WAYS, CONTACTS, BARE, LAST_CONTACTS):
            cursor.execute(statement)
