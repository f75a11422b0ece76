"""Webhooks and events at the API."""

from filo.foundation.webhooks.api.doors import router

__all__ = ["router"]
