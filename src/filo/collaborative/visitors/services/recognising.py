"""A browser is known as a customer's; it can be taken back, and two known people are never joined."""

from __future__ import annotations

from django.db import transaction

from filo.collaborative.visitors.events import RecognitionUndone, VisitorRecognised
from filo.collaborative.visitors.models import PersonalLink, Recognition, Visitor
from filo.collaborative.visitors.services.beginning import begin_visit, forget, new_secret
from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden
from filo.foundation.events.services import announce
from filo.operational.parties.models import Party
from filo.operational.parties.services.timeline import page_changed, tell

STRENGTH = {"": 0, "said": 1, "link": 2, "mail": 3}
PROOF_OF = {"link": "link", "mail": "mail", "order": "said", "chat": "said"}
SAID = [way for way, proof in PROOF_OF.items() if proof == "said"]
RECOGNISER = system("visitors")


def recognise(visitor: Visitor, party: Party, *, way: str) -> tuple[Visitor, str]:
    """Know the browser as this customer's; gives the visitor to go on with and a new secret where one is needed.

    way: link, mail, order or chat. A browser that was another customer's is a new visitor from now on, so that what the
    one did is never the other's; a new secret is given also where he is known better than before (session fixation).
    It is announced when the browser becomes his, and when he proves what he only said before.
    """
    proof = PROOF_OF[way]
    with transaction.atomic():
        found = Visitor.objects.select_for_update().get(pk=visitor.pk)
        key = ""
        if found.ended_at is not None or (found.party_id is not None and found.party_id != party.pk):
            if found.ended_at is None:
                forget(found)
            found, key = begin_visit(language=found.language, browser=found.browser)
        was_his = found.party_id == party.pk
        proven = was_his and found.proof == "said" and proof != "said"
        if not was_his or STRENGTH[proof] > STRENGTH[found.proof]:
            if not key and proof in ("link", "mail"):  # whoever held the secret before is not taken for him after
                key, found.key_hash = new_secret()
            found.proof = proof
        found.party, found.known_at, found.seen_at = party, clock.now(), clock.now()
        found.save()
        if not was_his:
            Recognition.objects.create(visitor=found, party=party, way=way, at=found.known_at)
        elif proven:
            Recognition.objects.filter(visitor=found, undone_at=None, way__in=SAID).update(way=way)
        if not was_his or proven:
            record(RECOGNISER, "visitor.recognise", kind="visitor", object_id=found.pk, changes={"way": (None, way)})
            announce(RECOGNISER, VisitorRecognised(visitor=found.pk, party=party.pk, way=way))
            if way in ("link", "mail"):
                tell(RECOGNISER, party, at=found.known_at, kind="visitor.recognised", object="party", direction="in")
            page_changed(RECOGNISER, [party.pk], "visitors")
    return found, key


def undo_recognition(principal: Principal, recognition: Recognition) -> None:
    """It was somebody else: the browser is nobody's again. What it saw before and after is no longer told of him, and
    the links by which it was taken for him do not hold any more.

    Raises `Forbidden` for who may not edit the customer.
    """
    if not Party.objects.visible_to(principal).filter(pk=recognition.party_id).exists():
        raise Forbidden
    principal.require("party", "edit")
    with transaction.atomic():
        Visitor.objects.select_for_update().filter(
            pk=recognition.visitor_id
        ).first()  # before its links, as `open_link`
        done, moment = Recognition.objects.filter(pk=recognition.pk, undone_at=None), clock.now()
        if not done.update(undone_at=moment, undone_by=principal.user_id):
            return
        Visitor.objects.filter(pk=recognition.visitor_id, party=recognition.party_id).update(party=None, proof="")
        PersonalLink.objects.filter(used_by=recognition.visitor_id, party=recognition.party_id).update(ends_at=moment)
        record(
            principal,
            "visitor.undo",
            kind="visitor",
            object_id=recognition.visitor_id,
            changes={"party": (str(recognition.party_id), None)},
        )
        announce(principal, RecognitionUndone(visitor=recognition.visitor_id, party=recognition.party_id))
        page_changed(principal, [recognition.party_id], "visitors")
