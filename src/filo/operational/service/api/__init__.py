"""Requests of customers at the API."""

from filo.operational.service.api.doors import router

__all__ = ["router"]
