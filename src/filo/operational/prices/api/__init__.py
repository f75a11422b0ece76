"""Price lists, and what a basket costs, at the API."""

from filo.operational.prices.api.doors import router

__all__ = ["router"]
