"""Quotes with their lines, and what customers do with them."""

from filo.operational.quotes.models.answers import QuoteQuestionAsked, QuoteSignature, QuoteView
from filo.operational.quotes.models.quote import LANGUAGES, Quote, QuoteLine
from filo.operational.quotes.models.words import EARLY, OPEN, OUT, STATES

__all__ = [
    "EARLY",
    "LANGUAGES",
    "OPEN",
    "OUT",
    "STATES",
    "Quote",
    "QuoteLine",
    "QuoteQuestionAsked",
    "QuoteSignature",
    "QuoteView",
]
