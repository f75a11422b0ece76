"""Why there is no VAT on a line: the codes N1 to N7 of FatturaPA, with the law that stands on the invoice for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Nature:
    """`law` is what DPR 633/72, article 21, paragraph 6 wants written; `stamped`: whether stamp duty takes its place.

    Stamp duty and VAT exclude each other (DPR 642/72, tabella B, article 6): it is due where no VAT is levied at all,
    not where another pays it (N6), where it lies in the margin (N5), on exports and sales inside the Union (DPR
    642/72, tabella B, article 15; DL 331/93, article 66), or where it is paid in another State (N7).
    """

    code: str
    words: Promise
    law: str
    stamped: bool = False


_ALL: Final = (
    Nature("N1", _("Excluded (art. 15)"), "Escluso art. 15 DPR 633/72", stamped=True),
    Nature("N2.1", _("Not subject (art. 7 to 7-septies)"), "Non soggetto art. 7 - 7-septies DPR 633/72", stamped=True),
    Nature("N2.2", _("Not subject, other cases"), "Non soggetto IVA", stamped=True),
    Nature("N3.1", _("Not taxable: exports"), "Non imponibile art. 8 c. 1 lett. a) e b) DPR 633/72"),
    Nature("N3.2", _("Not taxable: sales inside the Union"), "Non imponibile art. 41 DL 331/93"),
    Nature("N3.3", _("Not taxable: sales to San Marino"), "Non imponibile art. 71 DPR 633/72"),
    Nature("N3.4", _("Not taxable: like exports"), "Non imponibile art. 8-bis e 9 DPR 633/72"),
    Nature(
        "N3.5", _("Not taxable: declaration of intent"), "Non imponibile art. 8 c. 1 lett. c) DPR 633/72", stamped=True
    ),
    Nature("N3.6", _("Not taxable: other cases"), "Non imponibile, altre operazioni", stamped=True),
    Nature("N4", _("Exempt"), "Esente art. 10 DPR 633/72", stamped=True),
    Nature("N5", _("Margin scheme"), "Regime del margine art. 36 DL 41/95"),
    Nature("N6.1", _("Reverse charge: scrap"), "Inversione contabile art. 74 c. 7-8 DPR 633/72"),
    Nature("N6.2", _("Reverse charge: gold and silver"), "Inversione contabile art. 17 c. 5 DPR 633/72"),
    Nature("N6.3", _("Reverse charge: building subcontracts"), "Inversione contabile art. 17 c. 6 lett. a) DPR 633/72"),
    Nature("N6.4", _("Reverse charge: buildings"), "Inversione contabile art. 17 c. 6 lett. a-bis) DPR 633/72"),
    Nature("N6.5", _("Reverse charge: mobile phones"), "Inversione contabile art. 17 c. 6 lett. b) DPR 633/72"),
    Nature("N6.6", _("Reverse charge: electronics"), "Inversione contabile art. 17 c. 6 lett. c) DPR 633/72"),
    Nature(
        "N6.7",
        _("Reverse charge: cleaning and installing"),
        "Inversione contabile art. 17 c. 6 lett. a-ter) DPR 633/72",
    ),
    Nature(
        "N6.8",
        _("Reverse charge: energy"),
        "Inversione contabile art. 17 c. 6 lett. d-bis) d-ter) d-quater) DPR 633/72",
    ),
    Nature("N6.9", _("Reverse charge: other cases"), "Inversione contabile art. 17 DPR 633/72"),
    Nature("N7", _("VAT paid in another State"), "IVA assolta in altro stato UE art. 41 DL 331/93 (OSS)"),
)
NATURES: Final = {one.code: one for one in _ALL}
# Of older files, before 2021: still read, no longer written.
OLD: Final = frozenset({"N2", "N3", "N6"})


def law_of(code: str) -> str:
    """What is written on the invoice for a nature."""
    return NATURES[code].law if code in NATURES else ""


# What stands on the line by which the customer pays the duty back.
STAMP_NATURE_WORDS: Final = "Rimborso imposta di bollo (art. 15 DPR 633/72)"
