"""The rates of Italian VAT, and the natures (N1 to N7) by which an invoice says why there is none.

Rates: DPR 633/1972, article 16 and table A. Natures: the technical rules of FatturaPA, version 1.6 and later (since
2021 the general N2, N3 and N6 are no longer taken: only their parts are).
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from filo.foundation.amounts import percent_words

NATURES = [
    ("N1", _("excluded (art. 15)")),
    ("N2.1", _("not subject: articles 7 to 7-septies")),
    ("N2.2", _("not subject: other cases")),
    ("N3.1", _("not taxable: exports")),
    ("N3.2", _("not taxable: within the European Union")),
    ("N3.3", _("not taxable: to San Marino")),
    ("N3.4", _("not taxable: treated as exports")),
    ("N3.5", _("not taxable: after a declaration of intent")),
    ("N3.6", _("not taxable: other, without a ceiling")),
    ("N4", _("exempt")),
    ("N5", _("margin scheme")),
    ("N6.1", _("reverse charge: scrap")),
    ("N6.2", _("reverse charge: gold and silver")),
    ("N6.3", _("reverse charge: subcontracting in building")),
    ("N6.4", _("reverse charge: buildings")),
    ("N6.5", _("reverse charge: mobile phones")),
    ("N6.6", _("reverse charge: electronics")),
    ("N6.7", _("reverse charge: building services")),
    ("N6.8", _("reverse charge: energy")),
    ("N6.9", _("reverse charge: other cases")),
    ("N7", _("VAT paid in another state of the Union")),
]
# code, name as it stands on documents of an Italian firm, rate, nature, the law, whether it is in use at first
READY: tuple[tuple[str, str, str, str, str, bool], ...] = (
    ("22", "IVA 22 %", "22", "", "DPR 633/72, art. 16", True),
    ("10", "IVA 10 %", "10", "", "DPR 633/72, tab. A, parte III", True),
    ("5", "IVA 5 %", "5", "", "DPR 633/72, tab. A, parte II-bis", True),
    ("4", "IVA 4 %", "4", "", "DPR 633/72, tab. A, parte II", True),
    ("n1", "Escluso art. 15", "0", "N1", "DPR 633/72, art. 15", True),
    ("n2-1", "Non soggetto artt. 7-7 septies", "0", "N2.1", "DPR 633/72, artt. 7-7 septies", False),
    ("n2-2", "Non soggetto, altri casi", "0", "N2.2", "", True),
    ("n3-1", "Non imponibile, esportazioni", "0", "N3.1", "DPR 633/72, art. 8, c. 1, lett. a) e b)", True),
    ("n3-2", "Non imponibile, cessioni intra UE", "0", "N3.2", "DL 331/93, art. 41", True),
    ("n3-3", "Non imponibile, San Marino", "0", "N3.3", "DPR 633/72, art. 71", False),
    ("n3-4", "Non imponibile, assimilate a esportazione", "0", "N3.4", "DPR 633/72, art. 8-bis e 9", False),
    ("n3-5", "Non imponibile, dichiarazione d’intento", "0", "N3.5", "DPR 633/72, art. 8, c. 1, lett. c)", True),
    ("n3-6", "Non imponibile, altre operazioni", "0", "N3.6", "", False),
    ("n4", "Esente art. 10", "0", "N4", "DPR 633/72, art. 10", True),
    ("n5", "Regime del margine", "0", "N5", "DL 41/95, art. 36", True),
    ("n6-1", "Inversione contabile, rottami", "0", "N6.1", "DPR 633/72, art. 74, c. 7 e 8", False),
    ("n6-2", "Inversione contabile, oro e argento", "0", "N6.2", "L. 7/2000 e DPR 633/72, art. 17, c. 5", False),
    ("n6-3", "Inversione contabile, subappalto edile", "0", "N6.3", "DPR 633/72, art. 17, c. 6, lett. a)", False),
    ("n6-4", "Inversione contabile, fabbricati", "0", "N6.4", "DPR 633/72, art. 17, c. 6, lett. a-bis)", False),
    ("n6-5", "Inversione contabile, cellulari", "0", "N6.5", "DPR 633/72, art. 17, c. 6, lett. b)", False),
    ("n6-6", "Inversione contabile, elettronica", "0", "N6.6", "DPR 633/72, art. 17, c. 6, lett. c)", False),
    ("n6-7", "Inversione contabile, servizi edili", "0", "N6.7", "DPR 633/72, art. 17, c. 6, lett. a-ter)", False),
    ("n6-8", "Inversione contabile, energia", "0", "N6.8", "DPR 633/72, art. 17, c. 6, lett. d-bis)", False),
    ("n6-9", "Inversione contabile, altri casi", "0", "N6.9", "", False),
    ("n7", "IVA assolta in altro stato UE", "0", "N7", "DL 331/93, art. 41, c. 1, lett. b)", False),
)


def vat_name(rate: Decimal, nature: str) -> str:
    """22 %, or why there is none: N1 excluded (art. 15)."""
    return f"{nature} {dict(NATURES).get(nature, '')}".rstrip() if nature else percent_words(rate)
