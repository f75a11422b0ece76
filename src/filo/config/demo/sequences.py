"""The sequence of mails of Gruppo Aurora: what follows a quotation that nobody has answered."""

from __future__ import annotations

from filo.collaborative.sequences.models import Sequence
from filo.collaborative.sequences.services.writing import SequenceFacts, StepFacts, keep_sequence
from filo.config.demo.company import BUILDER

_NAME = "Dopo il preventivo"
_STEPS = (
    StepFacts(
        3,
        "Il nostro preventivo",
        "Buongiorno {{ customer.name }},\n\nha potuto guardare il preventivo? Se qualcosa non è chiaro, mi risponda "
        "pure qui o mi dica quando la posso chiamare.\n\n{{ me.name }}",
        "Our quotation",
        "Good morning {{ customer.name }},\n\nhave you had time to look at the quotation? If anything is unclear, "
        "just answer here or tell me when I may call you.\n\n{{ me.name }}",
    ),
    StepFacts(
        5,
        "Teniamo aperto il preventivo?",
        "Buongiorno {{ customer.name }},\n\nnon vorrei insistere: teniamo aperto il preventivo, o ne riparliamo più "
        "avanti? Mi basta una riga.\n\n{{ me.name }}",
        "Shall we keep the quotation open?",
        "Good morning {{ customer.name }},\n\nI do not want to press you: shall we keep the quotation open, or talk "
        "again later? One line is enough.\n\n{{ me.name }}",
    ),
)


def write_sequences() -> None:
    """The one of the firm, unless it is there."""
    if not Sequence.objects.filter(name=_NAME).exists():
        keep_sequence(BUILDER, SequenceFacts(_NAME, _STEPS))
