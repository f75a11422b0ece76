"""HubSpot: contacts, companies and deals as its lists are exported, in English and Italian."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.operational.transfer.sources.base import Source, keys, meanings

_OF_DEALS = """
: Associated Deal | Associated Deals | Associated Deal IDs | Number of Associated Deals | Recent Deal Amount
: Recent Deal Close Date | Total Revenue | Deal Name | Deal Stage | Pipeline | Amount | Close Date | Deal owner
: Trattativa associata | Trattative associate | Nome trattativa | Fase della trattativa | Importo
"""
_DEALS = frozenset(meanings(_OF_DEALS))
_SHARED = """
email: Email | E-mail
phone: Phone Number | Phone | Numero di telefono
owner: Contact owner | Company owner | HubSpot Owner | Proprietario del contatto | Proprietario dell'azienda
stage: Lifecycle Stage | Fase del ciclo di vita
street: Street Address | Street Address 2 | Indirizzo | Indirizzo (riga 2)
city: City | Città
province: State/Region | State/Region Code | Stato/Regione
postal_code: Postal Code | Zip | CAP | Codice postale
country: Country/Region | Country | Country/Region Code | Paese/Regione | Paese
: Create Date | Last Activity Date | Last Modified Date | Lead Status | Original Source | Data di creazione
: Data dell'ultima attività | Stato del lead | Fonte originale
"""
_CONTACTS = meanings(
    f"""{_SHARED}
identity: Record ID | Record ID - Contact | Contact ID | ID record | hs_object_id | Vid
given_name: First Name | firstname | Nome
family_name: Last Name | lastname | Cognome
title: Salutation
job_title: Job Title | jobtitle | Posizione lavorativa | Qualifica
company: Company Name | Company | Associated Company | Primary Associated Company | Nome azienda | Azienda associata
company_code: Associated Company IDs | Associated Company ID | Primary Associated Company ID | ID azienda associata
mobile: Mobile Phone Number | mobilephone | Numero di cellulare
fax: Fax Number | Fax
web: Website URL | website | URL sito web
birth_date: Date of Birth | Data di nascita
social: LinkedIn URL | LinkedIn Bio | Twitter Username
"""
)
_COMPANIES = meanings(
    f"""{_SHARED}
identity: Record ID | Record ID - Company | Company ID | ID record | hs_object_id
legal_name: Company name | Name | Nome azienda | Nome
web: Company Domain Name | Website URL | Domain | Nome dominio dell'azienda | URL sito web
sector: Industry | Settore
notes: Description | Descrizione
social: LinkedIn Company Page | Facebook Company Page
: Number of Employees | Annual Revenue | Parent Company | Type
"""
)
_DEAL_FILE = meanings(
    """
legal_name: Associated Company | Primary Associated Company | Azienda associata
: Record ID | Deal Name | Deal Stage | Pipeline | Amount | Close Date | Deal owner | Associated Contact
"""
)
SOURCES = (
    Source(
        "hubspot.contacts", "HubSpot", _("contacts"), "people",
        keys("Record ID|Record ID - Contact|Contact ID|ID record|hs_object_id", "Last Name|lastname|Cognome"),
        _CONTACTS, "hubspot contact",
        dict.fromkeys(keys("Associated Company IDs", "Associated Company ID", "Primary Associated Company ID",
                           "ID azienda associata"), "hubspot company"),
        _DEALS,
    ),
    Source(
        "hubspot.companies", "HubSpot", _("companies"), "organisations",
        keys("Record ID|Record ID - Company|Company ID|ID record|hs_object_id", "Company name|Name|Nome azienda",
             "Company Domain Name|Company owner|Industry|Nome dominio dell'azienda|Domain|Settore"),
        _COMPANIES, "hubspot company", deals=_DEALS,
    ),
    Source(
        "hubspot.deals", "HubSpot", _("deals"), "organisations",
        keys("Deal Name|Nome trattativa", "Deal Stage|Fase della trattativa"), _DEAL_FILE, "hubspot deal", deals=_DEALS,
    ),
)  # fmt: skip
