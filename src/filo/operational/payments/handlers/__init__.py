"""What follows from payments, and what payments follow from."""

from filo.operational.payments.handlers import invoices, orders, telling

__all__ = ["invoices", "orders", "telling"]
