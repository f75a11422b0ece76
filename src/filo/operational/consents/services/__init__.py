"""The verbs of consent: it is given and taken back, each in one act, and both stay written."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.consents.events import ConsentGiven, ConsentWithdrawn
from filo.operational.consents.models import SOURCES, Consent
from filo.operational.consents.purposes import PURPOSES
from filo.operational.parties.models import Party
from filo.operational.parties.services.timeline import page_changed
from filo.operational.profile.policies import require_to_change


def answer_consent(
    principal: Principal, party: Party, purpose: str, *, given: bool, source: str, note: str = ""
) -> Consent:
    """Write down that he agrees, or does not (any more). The same answer again writes nothing and gives what stands;
    taking back what was never given is written too: it is a refusal.

    source: how he said it; note: where that can be read. Raises `Forbidden`, `InvalidFields` at `purpose` or `source`.
    """
    require_to_change(principal, party)
    _check(purpose, source)
    words = PURPOSES[purpose]
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=party.pk)  # two answers: one after the other
        last = Consent.objects.filter(party=party, purpose=purpose).order_by("-at", "-id").first()
        if last is not None and last.given == given and (last.version == words.version or not given):
            return last
        found = Consent(
            party=party,
            purpose=purpose,
            given=given,
            at=clock.now(),
            source=source,
            note=clean_line(note, max_length=300),
            text=str(words.text),
            version=words.version,
            language=(get_language() or "it")[:5],
            by_id=principal.user_id,
        )
        found.save()
        changes = {
            "given": (last.given if last else None, given),
            "source": (None, source),
            "version": (None, found.version),
        }
        action = "consent.give" if given else "consent.withdraw"
        record(principal, action, kind="consent", object_id=found.pk, changes=changes)
        event = ConsentGiven if given else ConsentWithdrawn
        announce(principal, event(party=party.pk, consent=found.pk, purpose=purpose))
        page_changed(principal, [party.pk], "consents")
    return found


def _check(purpose: str, source: str) -> None:
    problems = {}
    if purpose not in PURPOSES:
        problems["purpose"] = _("Choose one of: %(names)s.") % {"names": ", ".join(PURPOSES)}
    if source not in dict(SOURCES):
        problems["source"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(SOURCES))}
    if problems:
        raise InvalidFields(problems)
