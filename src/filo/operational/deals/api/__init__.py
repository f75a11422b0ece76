"""Deals at the API."""

from filo.operational.deals.api.doors import router

__all__ = ["router"]
