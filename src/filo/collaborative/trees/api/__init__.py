"""Decision trees at the API: listed, drawn, published, walked."""

from filo.collaborative.trees.api import drawing, walking
from filo.collaborative.trees.api.routing import router

__all__ = ["drawing", "router", "walking"]
