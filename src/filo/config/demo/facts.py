"""What is known of some customers of Gruppo Aurora: their size, what they like, from where that is known."""

from __future__ import annotations

from datetime import timedelta

from filo.config.demo.company import BUILDER
from filo.foundation import clock
from filo.operational.consents.services import answer_consent
from filo.operational.parties.models import Party
from filo.operational.profile.services import learn, make_ready_kinds

# Whose, which kind, what, from where, how surely, in which words, how many days ago.
_OF_MARIO = (
    ("size", "l", "order", 0.75, "", 240),
    ("colours-liked", "blue", "order", 0.6, "", 200),
    ("child-birth-year", "2020", "mail", 0.9, "mia figlia ha sei anni", 60),
    ("preferred-channel", "mail", "portal", 1.0, "", 40),
)
_OF_OTHERS = (
    ("size", ("s", "m", "l", "xl"), "order", 0.7),
    ("colours-liked", ("green", "red", "beige", "blue"), "colleague", 1.0),
    ("fibres-wanted", ("linen", "wool", "cotton", "cashmere"), "chat", 0.85),
)
_SOME = 12
_ROSSI_AGREED = (("profiling", True, 240), ("marketing_phone", True, 240), ("marketing_phone", False, 30))
# What others agreed to: purpose, yes or no, how he said it.
_AGREED = (
    ("marketing_mail", True, "portal"),
    ("profiling", True, "meeting"),
    ("marketing_phone", False, "phone"),
    ("mail_tracking", True, "letter"),
)


def tell_facts() -> None:
    """Of Mario Rossi (size and colour are guesses, that he dislikes synthetics nobody knows) and of a dozen others."""
    make_ready_kinds()
    rossi = Party.objects.filter(display_name="Mario Rossi", deleted_at=None).first()
    if rossi is not None:
        for code, value, source, confidence, said, days in _OF_MARIO:
            with clock.at(clock.now() - timedelta(days=days)):
                learn(BUILDER, rossi, code, value, source=source, confidence=confidence, said=said)
        for purpose, given, days in _ROSSI_AGREED:
            with clock.at(clock.now() - timedelta(days=days)):
                answer_consent(BUILDER, rossi, purpose, given=given, source="meeting" if given else "phone")
    others = Party.objects.filter(kind="person", deleted_at=None, relationships__stage="customer")
    others = others.exclude(display_name="Mario Rossi").order_by("sort_name", "pk").distinct()
    for place, party in enumerate(others[:_SOME]):
        code, values, source, confidence = _OF_OTHERS[place % len(_OF_OTHERS)]
        with clock.at(clock.now() - timedelta(days=20 + 11 * place)):
            learn(BUILDER, party, code, values[place % len(values)], source=source, confidence=confidence)
            purpose, given, how = _AGREED[place % len(_AGREED)]
            answer_consent(BUILDER, party, purpose, given=given, source=how)
