"""Odoo: its partners, persons and firms in one list, with the names of the list or the technical ones."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.operational.transfer.sources.base import Source, keys, meanings

_PARTNERS = meanings(
    """
identity: id | External ID | ID esterno | .id
kind: is_company | company_type | Is a Company | Company Type | È un'azienda | Tipo azienda | Tipo di azienda
name: name | Name | Nome | Complete Name
company: parent_id | parent_id/name | Related Company | Related Company/Name | company_name | Company Name
company: Azienda collegata | Company Name Entity | Azienda
company_code: parent_id/id | Related Company/External ID | Related Company/ID
title: title | Title | title/name | Titolo
job_title: function | Job Position | Posizione lavorativa
street: street | street2 | Street | Street2 | Street 2 | Street... | Via | Via 2 | Indirizzo
postal_code: zip | Zip | ZIP | CAP
city: city | City | Città
province: state_id | state_id/name | state_id/code | State | State/State Code | State/Code | State/Name | Provincia
country: country_id | country_id/name | country_id/code | Country | Country/Country Name | Country/Country Code
country: Country/Name | Country/Code | Nazione | Paese
phone: phone | Phone | Telefono
mobile: mobile | Mobile | Cellulare
email: email | Email | E-mail
web: website | Website | Website Link | Sito web
vat_number: vat | Tax ID | Partita IVA | P. IVA | VAT
codice_fiscale: l10n_it_codice_fiscale | Codice Fiscale
pec: l10n_it_pec_email | PEC e-mail | PEC
sdi_code: l10n_it_pa_index | Destination Code (SDI) | Codice destinatario
language: lang | Language | Lingua
notes: comment | Notes | Internal Notes | Note
sector: industry_id | Industry | Settore
owner: user_id/login | user_id | user_id/email | Salesperson | Salesperson/Email | Venditore | Addetto vendite
: type | Address Type | Tipo indirizzo | category_id | category_id/name | Tags | Etichette | ref | Reference
: Riferimento | Bank Accounts | bank_ids | bank_ids/bank | bank_ids/acc_number | Banks | Bank Accounts/Account Number
: Account Number | Credit Limit | active | Active
"""
)
SOURCES = (
    Source(
        "odoo.partners",
        "Odoo",
        _("contacts and companies"),
        "parties",
        keys(
            "name|Name|Nome|Complete Name",
            "is_company|company_type|Is a Company|Company Type|È un'azienda|Tipo azienda|Tipo di azienda|parent_id"
            "|parent_id/id|Related Company|Related Company/External ID|Azienda collegata",
        ),
        _PARTNERS,
        "odoo",
        dict.fromkeys(keys("parent_id/id", "Related Company/External ID", "Related Company/ID"), "odoo"),
    ),
)
