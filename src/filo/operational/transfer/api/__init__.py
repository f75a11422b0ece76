"""Imports at the API."""

from filo.operational.transfer.api.doors import router

__all__ = ["router"]
