"""The code lists of FatturaPA 1.2.3 that we use, in words (*Specifiche tecniche*, 1.9)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TYPES: Final = {
    "TD01": _("Invoice"),
    "TD02": _("Advance on an invoice"),
    "TD03": _("Advance on a fee"),
    "TD04": _("Credit note"),
    "TD05": _("Debit note"),
    "TD06": _("Fee note"),
    "TD07": _("Simplified invoice"),
    "TD08": _("Simplified credit note"),
    "TD09": _("Simplified debit note"),
    "TD16": _("Reverse charge inside Italy, added by the buyer"),
    "TD17": _("Services bought abroad, added by the buyer"),
    "TD18": _("Goods bought in the Union, added by the buyer"),
    "TD19": _("Goods bought from abroad that are in Italy, added by the buyer"),
    "TD20": _("Invoice made by the buyer to mend another"),
    "TD21": _("Invoice for going over the ceiling"),
    "TD22": _("Goods taken out of a VAT warehouse"),
    "TD23": _("Goods taken out of a VAT warehouse, with VAT paid"),
    "TD24": _("Deferred invoice"),
    "TD25": _("Deferred invoice of a third party"),
    "TD26": _("Sale of assets, or inner passage"),
    "TD27": _("Own use, or given for nothing"),
    "TD28": _("Bought from San Marino, with VAT"),
    "TD29": _("Told about a missing or wrong invoice"),
}
CREDITS: Final = frozenset({"TD04", "TD08"})
# What a firm issues to customers; the others are made by the buyer, or are told to the tax office alone.
ISSUED: Final = ("TD01", "TD02", "TD03", "TD04", "TD05", "TD06", "TD24", "TD25", "TD26")

REGIMES: Final = {
    "RF01": _("Ordinary"),
    "RF02": _("Minimum taxpayers"),
    "RF04": _("Farming and fishing"),
    "RF05": _("Salt and tobacco"),
    "RF06": _("Matches"),
    "RF07": _("Publishing"),
    "RF08": _("Public telephony"),
    "RF09": _("Public transport documents"),
    "RF10": _("Entertainment and games"),
    "RF11": _("Travel agencies"),
    "RF12": _("Farm holidays"),
    "RF13": _("Door-to-door sales"),
    "RF14": _("Second-hand goods, art, antiques"),
    "RF15": _("Auctions of art and antiques"),
    "RF16": _("VAT by cash for public offices"),
    "RF17": _("VAT by cash (turnover under 2 million)"),
    "RF18": _("Other"),
    "RF19": _("Flat rate"),
    "RF20": _("Cross-border exemption of small firms"),
}
METHODS: Final = {
    "MP05": _("Bank transfer"),
    "MP01": _("Cash"),
    "MP02": _("Cheque"),
    "MP03": _("Banker's draft"),
    "MP08": _("Payment card"),
    "MP09": _("RID"),
    "MP12": _("Bank receipt (RiBa)"),
    "MP15": _("Giro between special accounts"),
    "MP16": _("Direct debit at the bank"),
    "MP18": _("Post office slip"),
    "MP19": _("SEPA Direct Debit"),
    "MP21": _("SEPA Direct Debit B2B"),
    "MP22": _("Held back out of what was collected"),
    "MP23": _("PagoPA"),
}
# Those of others, which we do not offer.
OTHER_METHODS: Final = {
    "MP04": _("Cash at the treasury"),
    "MP06": _("Promissory note"),
    "MP07": _("Bank payment slip"),
    "MP10": _("RID of utilities"),
    "MP11": _("RID, quick"),
    "MP13": _("MAV"),
    "MP14": _("Receipt of the revenue"),
    "MP17": _("Direct debit at the post office"),
    "MP20": _("SEPA Direct Debit CORE"),
}
REFERENCES: Final = {
    "order": pgettext_lazy("another document", "Order"),
    "contract": pgettext_lazy("another document", "Contract"),
    "agreement": pgettext_lazy("another document", "Agreement"),
    "receipt": pgettext_lazy("another document", "Receipt of the goods"),
    "invoice": pgettext_lazy("another document", "Invoice"),
    "ddt": pgettext_lazy("another document", "Delivery note"),
}
WITHHOLDINGS: Final = {
    "RT01": _("Withholding, natural persons"),
    "RT02": _("Withholding, legal persons"),
    "RT03": _("INPS contribution"),
    "RT04": _("ENASARCO contribution"),
    "RT05": _("ENPAM contribution"),
    "RT06": _("Other contribution"),
}
_CAUSES: Final = "A B C D E G H I L M N O P Q R S T U V W X Y Z L1 M1 M2 O1 V1 ZO"
WITHHOLDING_CAUSES: Final = tuple(_CAUSES.split())
FUNDS: Final = tuple(f"TC{number:02}" for number in range(1, 23))
