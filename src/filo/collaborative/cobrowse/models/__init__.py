"""Looking at pages together, pages that were shown, forms that two fill in."""

from filo.collaborative.cobrowse.models.form import SharedForm
from filo.collaborative.cobrowse.models.looking import Looking, ShownPage

__all__ = ["Looking", "SharedForm", "ShownPage"]
