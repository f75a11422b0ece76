"""A fact is learned, confirmed, forgotten: a customer's own word beats a guess, and what was known is kept."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.parties.models import Party
from filo.operational.parties.services.timeline import page_changed
from filo.operational.profile.events import TraitConfirmed, TraitForgotten, TraitLearned
from filo.operational.profile.models import SOURCES, Trait, TraitKind
from filo.operational.profile.policies import is_his_own, require_to_change
from filo.operational.profile.ready import OPPOSITE
from filo.operational.profile.services.kinds import kind_coded
from filo.operational.profile.values import clean_value

OWN_WORD = 0.8  # his words, read with this confidence or more, are taken as said and not as guessed
BY_HAND = ("portal", "colleague")
MOST_SAID = 500


def learn(
    principal: Principal,
    party: Party,
    kind_code: str,
    value: object,
    *,
    source: str,
    confidence: float,
    said: str = "",
    about: tuple[str, Any] | None = None,
) -> Trait:
    """Keep a fact with its source; gives what holds from now on.

    `said` are the customer's words, `about` the (kind, id) of the mail, order, … they stand in. Learning the same again
    changes nothing, unless it is surer now. What was said (by hand, or in words read with `OWN_WORD` or more) takes the
    place of anything older; a guess takes the place of guesses that are no surer, and else is let go: then what it
    could not displace is given. Raises `Forbidden`, and `InvalidFields` at kind, value, source or confidence.
    """
    require_to_change(principal, party)
    _check(source, confidence)
    kind = kind_coded(kind_code)
    kept = clean_value(kind, value)
    fresh = Trait(
        party=party,
        kind=kind,
        value=kept,
        slot=kept if kind.many else "",
        said=clean_line(said, max_length=MOST_SAID),
        source=source,
        source_kind=about[0] if about else "",
        source_id=about[1] if about else None,
        confidence=float(confidence),
        learned_at=clock.now(),
        learned_by_id=principal.user_id,
        confirmed_at=clock.now() if is_his_own(principal, party.pk) else None,
    )
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=party.pk)  # two writers: one after the other
        standing = Trait.objects.filter(party=party, kind=kind, slot=fresh.slot, ended_at=None).first()
        if standing is not None and not _displaces(fresh, standing):
            return standing
        against = _opposite(party, kind, kept)
        if against is not None and not _displaces(fresh, against):
            return against
        for row in (standing, against):
            if row is not None:
                _end(principal, row)
        fresh.save()
        _record(principal, "trait.learn", fresh, {"value": (None, kept), "source": (None, source)})
        announce(principal, TraitLearned(trait=fresh.pk, party=party.pk, kind=kind.code, source=source))
        page_changed(principal, [party.pk], "profile")
    return fresh


def forget_trait(principal: Principal, trait: Trait) -> Trait:
    """It holds no more; it stays in the history. Where the customer himself wants it so, nothing of it stays: it is
    deleted, with whatever said the same of him before. Forgetting twice changes nothing. Raises `Forbidden`.
    """
    require_to_change(principal, trait.party)
    if is_his_own(principal, trait.party_id):
        _erase(principal, trait)
        return trait
    with transaction.atomic():
        locked = Trait.objects.select_for_update(of=("self",)).select_related("kind", "party").get(pk=trait.pk)
        if locked.ended_at is None:
            _end(principal, locked)
            announce(principal, TraitForgotten(trait=locked.pk, party=locked.party_id, kind=locked.kind.code))
            page_changed(principal, [locked.party_id], "profile")
    return locked


def confirm_trait(principal: Principal, trait: Trait) -> Trait:
    """The customer says himself that it is so, or a colleague who knows it vouches for it by name: it is certain then.

    Saying it twice changes nothing. Raises `Forbidden`.
    """
    require_to_change(principal, trait.party)
    with transaction.atomic():
        locked = Trait.objects.select_for_update(of=("self",)).select_related("kind", "party").get(pk=trait.pk)
        if locked.ended_at is not None or locked.confirmed_at is not None:
            return locked
        locked.confirmed_at = clock.now()
        changes: dict[str, tuple[Any, Any]] = {"confirmed_at": (None, locked.confirmed_at)}
        if not is_his_own(principal, locked.party_id):
            changes["confidence"] = (locked.confidence, 1.0)
            locked.confirmed_by_id, locked.confidence = principal.user_id, 1.0
        locked.save(update_fields=["confirmed_at", "confirmed_by", "confidence"])
        _record(principal, "trait.confirm", locked, changes)
        announce(principal, TraitConfirmed(trait=locked.pk, party=locked.party_id, kind=locked.kind.code))
        page_changed(principal, [locked.party_id], "profile")
    return locked


def bring_trait_back(principal: Principal, trait: Trait) -> bool:
    """A fact that ended holds again, where nothing else has taken its place, its opposite neither; gives whether it
    does.
    """
    require_to_change(principal, trait.party)
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=trait.party_id)
        locked = Trait.objects.select_related("kind", "party").get(pk=trait.pk)
        taken = Trait.objects.filter(party=trait.party_id, kind=trait.kind_id, slot=trait.slot, ended_at=None).exists()
        if locked.ended_at is None or taken or _opposite(locked.party, locked.kind, locked.value):
            return locked.ended_at is None
        was, locked.ended_at = locked.ended_at, None
        locked.save(update_fields=["ended_at"])
        _record(principal, "trait.bring-back", locked, {"ended_at": (was, None)})
        event = TraitLearned(trait=locked.pk, party=locked.party_id, kind=locked.kind.code, source=locked.source)
        announce(principal, event)
        page_changed(principal, [locked.party_id], "profile")
    return True


def _is_said(trait: Trait) -> bool:
    by_words = bool(trait.said) and trait.confidence >= OWN_WORD
    return trait.source in BY_HAND or trait.confirmed_at is not None or by_words


def _displaces(fresh: Trait, standing: Trait) -> bool:
    said, was_said = _is_said(fresh), _is_said(standing)
    if fresh.value == standing.value and fresh.kind_id == standing.kind_id:  # surer now, or nothing new
        return (said and not was_said) or (said == was_said and fresh.confidence > standing.confidence)
    return said or (not was_said and fresh.confidence >= standing.confidence)


def _opposite(party: Party, kind: TraitKind, value: str) -> Trait | None:
    code = OPPOSITE.get(kind.code)
    if code is None:
        return None
    rows = Trait.objects.select_related("kind", "party").filter(party=party, kind__code=code, value=value)
    return rows.filter(ended_at=None).first()


def _end(principal: Principal, trait: Trait) -> None:
    trait.ended_at = clock.now()
    trait.save(update_fields=["ended_at"])
    _record(principal, "trait.forget", trait, {"ended_at": (None, trait.ended_at)})


def _erase(principal: Principal, trait: Trait) -> None:
    with transaction.atomic():
        Party.objects.select_for_update(no_key=True).get(pk=trait.party_id)
        same = Trait.objects.filter(party=trait.party_id, kind=trait.kind_id, value=trait.value)
        ids = sorted(same.values_list("pk", flat=True))
        same.filter(pk__in=ids).delete()
        for pk in ids:
            record(principal, "trait.erase", kind="trait", object_id=pk)  # not what it said
            announce(principal, TraitForgotten(trait=pk, party=trait.party_id, kind=trait.kind.code))
        page_changed(principal, [trait.party_id], "profile")


def _record(principal: Principal, action: str, trait: Trait, changes: dict[str, tuple[Any, Any]]) -> None:
    record(principal, action, kind="trait", object_id=trait.pk, changes=changes)


def _check(source: str, confidence: float) -> None:
    problems = {}
    if source not in dict(SOURCES):
        problems["source"] = _("Choose one of: %(names)s.") % {"names": ", ".join(dict(SOURCES))}
    if not 0 <= confidence <= 1:  # also not-a-number
        problems["confidence"] = _("Confidence is a number from 0 to 1.")
    if problems:
        raise InvalidFields(problems)
