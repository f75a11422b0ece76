"""A sequence with its steps, who gets it, what has left, and who wants none."""

from filo.collaborative.sequences.models.enrolment import REASONS, Enrolment, Refusal, SequenceMail
from filo.collaborative.sequences.models.sequence import Sequence, SequenceStep

__all__ = ["REASONS", "Enrolment", "Refusal", "Sequence", "SequenceMail", "SequenceStep"]
