"""Address books: Google, Outlook, LinkedIn, and the cards that become a table here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.operational.transfer.sources.base import Source, keys, meanings

_GOOGLE = meanings(
    """
given_name: First Name | Given Name
middle_name: Middle Name | Additional Name
family_name: Last Name | Family Name
title: Name Prefix
company: Organization Name | Organization 1 - Name
job_title: Organization Title | Organization 1 - Title
birth_date: Birthday
gender: Gender
notes: Notes
: Name | Name Suffix | Nickname | File As | Phonetic First Name | Phonetic Middle Name | Phonetic Last Name | Photo
: Labels | Group Membership | Organization Department | Organization 1 - Department | Yomi Name | Given Name Yomi
: Initials | Short Name | Maiden Name | Location | Billing Information | Directory Server | Mileage | Occupation
: Hobby | Sensitivity | Priority | Subject | Language | Organization 1 - Type | Organization 1 - Yomi Name
"""
)
_CARDS = _GOOGLE | meanings(
    """
kind: Kind
full_name: Full Name
identity: UID
language: Language
: Messengers | Role | Birthday without year | Anniversary | Time zone | Geo
"""
)
_OUTLOOK = meanings(
    """
given_name: First Name | Nome
middle_name: Middle Name | Secondo nome
family_name: Last Name | Cognome
title: Title | Titolo
company: Company | Società
job_title: Job Title | Posizione | Qualifica
email: E-mail Address | E-mail 2 Address | E-mail 3 Address | Indirizzo posta elettronica
email: Indirizzo posta elettronica 2 | Indirizzo posta elettronica 3
phone: Business Phone | Business Phone 2 | Home Phone | Home Phone 2 | Other Phone | Primary Phone | Company Main Phone
phone: Car Phone | Assistant's Phone | Ufficio | Ufficio 2 | Abitazione | Abitazione 2 | Telefono principale
phone: Società (telefono principale) | Altro telefono | Telefono assistente
mobile: Mobile Phone | Cellulare | Telefono cellulare
fax: Business Fax | Home Fax | Other Fax | Fax (uff.) | Fax (ab.) | Altro fax
street: Business Street | Business Street 2 | Business Street 3 | Via (uff.) | Via (uff.) 2 | Via (uff.) 3
city: Business City | Città (uff.)
province: Business State | Provincia (uff.)
postal_code: Business Postal Code | CAP (uff.)
country: Business Country | Business Country/Region | Paese (uff.)
home.street: Home Street | Home Street 2 | Home Street 3 | Via (ab.) | Via (ab.) 2 | Via (ab.) 3
home.city: Home City | Città (ab.)
home.province: Home State | Provincia (ab.)
home.postal_code: Home Postal Code | CAP (ab.)
home.country: Home Country | Home Country/Region | Paese (ab.)
other.street: Other Street | Other Street 2 | Other Street 3 | Altra via | Altra via 2 | Altra via 3
other.city: Other City | Altra città
other.province: Other State | Altra provincia
other.postal_code: Other Postal Code | Altro CAP
other.country: Other Country | Other Country/Region | Altro Paese
birth_date: Birthday | Compleanno
gender: Gender | Sesso
notes: Notes | Note
web: Web Page | Pagina Web | Personal Web Page
: Suffix | Department | Reparto | Anniversary | Anniversario | Categories | Categorie | Spouse | Coniuge | Language
: E-mail Type | E-mail Display Name | E-mail 2 Type | E-mail 2 Display Name | E-mail 3 Type | E-mail 3 Display Name
: Account | Billing Information | Manager's Name | Assistant's Name | Office Location | Profession | Priority | Location
: Tipo posta elettronica | Nome visualizzato posta elettronica | Lingua | Account | Priorità | Riservatezza | Privato
: Pager | Telex | TTY/TDD Phone | ISDN | Callback | Radio Phone | Initials | Children | Hobby | Keywords | User 1
"""
)
_LINKEDIN = meanings(
    """
given_name: First Name | Nome
family_name: Last Name | Cognome
email: Email Address | Indirizzo email
company: Company | Azienda
job_title: Position | Posizione
social: URL
: Connected On | Data del collegamento
"""
)
SOURCES = (
    Source(
        "google.contacts", "Google", _("contacts"), "parties",
        keys("First Name|Given Name", "E-mail 1 - Value|Phone 1 - Value|Labels", "Notes|File As|Photo"),
        _GOOGLE,
    ),
    Source(
        "vcard.cards", "vCard", _("cards"), "parties",
        keys("Kind", "First Name|Full Name|Organization Name|Last Name"), _CARDS, "vcard uid",
    ),
    Source(
        "outlook.contacts", "Outlook", _("contacts"), "parties",
        keys("First Name|Nome", "E-mail Address|Indirizzo posta elettronica|Business Phone|Ufficio|Via (uff.)",
             "Business Street|Business Phone|Mobile Phone|Via (uff.)|Cellulare|Web Page|Home Phone"),
        _OUTLOOK,
    ),
    Source(
        "linkedin.connections", "LinkedIn", _("contacts"), "people",
        keys("First Name|Nome", "Position|Posizione", "Connected On|Data del collegamento"), _LINKEDIN,
    ),
)  # fmt: skip
