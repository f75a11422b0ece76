"""Conversations with customers at the REST API."""

from filo.collaborative.inbox.api import acting, reading
from filo.collaborative.inbox.api.routing import router

__all__ = ["acting", "reading", "router"]
