"""The refusal of whoever has taken out enough for a day."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.foundation.errors import TooMany


class TakenEnough(TooMany):
    """So many rows may leave in a day, and these would be more."""

    code = "export-quota"

    def __init__(self, *, most: int, taken: int, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.sentence = self._told(most, taken)

    @staticmethod
    def _told(most: int, taken: int) -> str:
        left = max(0, most - taken)
        allowed = ngettext("%(n)s row may be taken out in a day", "%(n)s rows may be taken out in a day", most)
        return _("%(allowed)s, of which %(left)s are left: narrow the list, or try again tomorrow.") % {
            "allowed": allowed % {"n": most},
            "left": left,
        }
