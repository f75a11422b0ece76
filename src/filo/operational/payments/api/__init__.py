"""Payments and what is owed at the API."""

from filo.operational.payments.api.doors import router

__all__ = ["router"]
