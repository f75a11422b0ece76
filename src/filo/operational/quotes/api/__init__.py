"""Quotes at the API."""

from filo.operational.quotes.api.doors import router

__all__ = ["router"]
