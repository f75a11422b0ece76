"""A browser on the public pages, as whose it was recognised, and the links that do it."""

from filo.collaborative.visitors.models.link import LEVELS, PersonalLink
from filo.collaborative.visitors.models.visitor import PROVED, PageView, Recognition, Visitor

__all__ = ["LEVELS", "PROVED", "PageView", "PersonalLink", "Recognition", "Visitor"]
