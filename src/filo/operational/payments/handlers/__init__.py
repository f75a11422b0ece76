"""What follows from payments, and what payments follow from."""

from filo.operational.payments.handlers import invoices, telling

__all__ = ["invoices", "telling"]
