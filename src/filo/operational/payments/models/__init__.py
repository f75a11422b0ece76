"""Payments, what they pay, and by which ways they came."""

from filo.operational.payments.models.bank import BankFile, BankLine
from filo.operational.payments.models.due import NOTHING, Due
from filo.operational.payments.models.payment import Payment, PaymentShare, Refund
from filo.operational.payments.models.provider import (
    ProviderAccount,
    ProviderEvent,
    RefundCap,
    SandboxAnswer,
    SandboxSession,
)
from filo.operational.payments.models.reminder import InterestRate, Reminder, ReminderStep
from filo.operational.payments.models.words import DIRECTIONS, KINDS, METHODS, SOURCES, STATES

__all__ = [
    "DIRECTIONS",
    "KINDS",
    "METHODS",
    "NOTHING",
    "SOURCES",
    "STATES",
    "BankFile",
    "BankLine",
    "Due",
    "InterestRate",
    "Payment",
    "PaymentShare",
    "ProviderAccount",
    "ProviderEvent",
    "Refund",
    "RefundCap",
    "Reminder",
    "ReminderStep",
    "SandboxAnswer",
    "SandboxSession",
]
