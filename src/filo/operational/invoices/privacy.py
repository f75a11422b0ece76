"""What invoices hold about people; tax law keeps them ten years (c.c. 2220; DPR 633/72, article 39)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare

_KEPT = Erasure("keep", why=_("Invoices are kept ten years by law."))
_PURPOSE = _("Ask to be paid, and account for it to the tax office")
_TEN_YEARS = _("Ten years from the day of the invoice")

declare(
    PersonalData(
        model="invoices.Invoice",
        label=_("Invoices"),
        columns={
            "number": Category.BEHAVIOUR,
            "buyer": Category.IDENTITY,
            "seller": Category.IDENTITY,
            "counterpart": Category.IDENTITY,
            "cause": Category.COMMUNICATION,
            "iban": Category.BEHAVIOUR,
            "bank": Category.BEHAVIOUR,
            "total": Category.BEHAVIOUR,
            "owner": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_PURPOSE,
        basis=Basis.LAW,
        party=("party",),
        person=("owner",),
        erasure=_KEPT,
        kept_words=_TEN_YEARS,
    )
)
declare(
    PersonalData(
        model="invoices.InvoiceLine",
        label=_("Lines of invoices"),
        columns={"description": Category.BEHAVIOUR, "amount": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_PURPOSE,
        basis=Basis.LAW,
        party=("invoice__party",),
        erasure=_KEPT,
        kept_words=_TEN_YEARS,
    )
)
declare(
    PersonalData(
        model="invoices.InvoiceDue",
        label=_("Days on which invoices are to be paid"),
        columns={"amount": Category.BEHAVIOUR, "iban": Category.BEHAVIOUR},
        whose=(Whose.CUSTOMER,),
        purpose=_PURPOSE,
        basis=Basis.LAW,
        party=("invoice__party",),
        erasure=_KEPT,
        kept_words=_TEN_YEARS,
    )
)
declare(
    PersonalData(
        model="invoices.InvoiceFile",
        label=_("Files of invoices"),
        columns={
            "name": Category.IDENTITY,
            "said": Category.IDENTITY,
            "told": Category.COMMUNICATION,
            "signed_by": Category.IDENTITY,
            "by": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_PURPOSE,
        basis=Basis.LAW,
        party=("invoice__party",),
        person=("by",),
        erasure=_KEPT,
        kept_words=_TEN_YEARS,
    )
)
