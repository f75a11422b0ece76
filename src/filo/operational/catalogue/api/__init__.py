"""Products and stock at the API."""

from filo.operational.catalogue.api.doors import router

__all__ = ["router"]
