"""What a column can mean, and the words by which headers say so, in Italian and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.folding import fold

BOTH = ("organisations", "people")


@dataclass(frozen=True)
class Field:
    """A meaning; `words` are headers without spaces, digits, accents and what `_MEANINGLESS` lists."""

    code: str
    label: str | Promise
    words: str = ""
    kinds: tuple[str, ...] = BOTH
    masked_by: str = ""


@dataclass(frozen=True)
class Column:
    """A header with its meaning; an empty `field` leaves the cell in the stored row."""

    header: str
    field: str = ""
    system: str = ""


_FIRM_WORDS = """denominazione ragionesociale azienda societa ditta company companyname organization
    organizationname organisation organisationname account accountname impresa ente businessname
    businesslegalname legalname companyorganization associatedcompany primaryassociatedcompany nomeazienda
    nomesocieta nomeditta intestatario intestazione parentaccount"""
FIELDS: tuple[Field, ...] = (
    Field("legal_name", _("Name"), f"{_FIRM_WORDS} nome name nominativo cliente fornitore", ("organisations",)),
    Field("full_name", _("Given name and family name"), "nomecompleto fullname nominativo nomeecognome nomecognome displayname contactname", ("people",)),
    Field("name_reversed", _("Family name and given name"), "cognomenome cognomeenome", ("people",)),
    Field("given_name", _("Given name"), "nome nomedibattesimo firstname givenname forename name", ("people",)),
    Field("family_name", _("Family name"), "cognome lastname familyname surname secondname", ("people",)),
    Field("title", _("Title"), "titolo title salutation appellativo honorific prefix nameprefix prefisso", ("people",)),
    Field("job_title", _("Role in the firm"), "qualifica ruolo posizione mansione jobtitle position organizationtitle funzione incarico professione", ("people",)),
    Field("company", _("Firm the person works for"), _FIRM_WORDS, ("people",)),
    Field("gender", _("Gender"), "sesso genere gender sex", ("people",)),
    Field("birth_date", _("Date of birth"), "datadinascita datanascita natoil birthday birthdate dateofbirth compleanno", ("people",), "birth_date"),
    Field("email", _("E-mail"), "email mail e emails emailaddress indirizzoemail indirizzomail indirizzopostaelettronica postaelettronica emailprincipale workemail"),
    Field("pec", _("PEC"), "pec emailpec indirizzopec mailpec postacertificata postaelettronicacertificata pecemail"),
    Field("phone", _("Phone"), "telefono tel phone telephone phonenumber fisso telefonofisso numerotelefono numeroditelefono recapitotelefonico centralino recapito companymainphone"),
    Field("mobile", _("Mobile"), "cellulare cell cel mobile mobilephone mobilephonenumber telefonocellulare telefonomobile smartphone cellphone"),
    Field("fax", _("Fax"), "fax telefax faxnumber numerofax"),
    Field("web", _("Web"), "sito sitoweb web website url webpage paginaweb websiteurl homepage www indirizzoweb companydomainname domain"),
    Field("social", _("Social"), "social facebook linkedin instagram twitter facebookpage linkedinurl paginafacebook profilolinkedin"),
    Field("vat_number", _("VAT number"), "partitaiva piva pi vat vatnumber iva vatid partitaivacee pivacf taxid numeropartitaiva", BOTH, "vat_number"),
    Field("codice_fiscale", _("Codice fiscale"), "codicefiscale codfiscale cf codfisc taxcode fiscalcode", BOTH, "codice_fiscale"),
    Field("sdi_code", _("SDI code"), "codicedestinatario sdi codicesdi codiceunivoco codiceunivocoufficio cuu codiceipa destinatario"),
    Field("sector", _("Sector"), "settore sector industry companyindustry categoria categoriamerceologica attivita ramo"),
    Field("language", _("Language"), "lingua language preferredlanguage locale"),
    Field("notes", _("Notes"), "note notes nota annotazioni osservazioni commenti comments description descrizione", BOTH, "notes"),
    Field("latitude", _("Latitude"), "latitudine latitude lat"),
    Field("longitude", _("Longitude"), "longitudine longitude long lon lng"),
)  # fmt: skip
ADDRESS_PARTS: tuple[Field, ...] = (
    Field("street", _("Street and number"), "indirizzo via street address streetaddress addressstreet addressline addr viaenumero vianumero civico numerocivico strada viapiazza addressaddress addressextendedaddress streetline"),
    Field("postal_code", _("Postal code"), "cap postalcode zip zipcode postcode codicepostale codiceavviamentopostale addresspostalcode zippostalcode addresszip addresszipcode"),
    Field("city", _("City"), "comune citta city localita town addresscity municipio luogo paesecitta"),
    Field("locality", _("Hamlet"), "frazione hamlet locality borgata"),
    Field("province", _("Province"), "provincia prov province state pr stateprovince stateregion region addressregion siglaprovincia addressstate county"),
    Field("country", _("Country"), "paese nazione stato country countryregion addresscountry countrycode nazionalita"),
)  # fmt: skip
USES: Mapping[str, str | Promise] = {
    "main": "",
    "billing": pgettext_lazy("of an address", "billing"),
    "shipping": pgettext_lazy("of an address", "shipping"),
    "home": pgettext_lazy("of an address", "home"),
    "other": pgettext_lazy("of an address", "other"),
}
_USE_WORDS = {
    "billing": "billing fatturazione fattura invoice",
    "shipping": "shipping delivery spedizione consegna",
    "home": "home casa abitazione residenza domicilio privato private",
    "other": "other altro altra alternative alternativo",
}
# Words that only say that it is the usual one.
_MEANINGLESS = frozenset(
    ["value", "valore", "business", "work", "ufficio", "uff", "lavoro", "mailing", "office", "sede", "legale", "operativa", "principale", "primary", "main", "primario", "contact", "contatto", "person", "persona", "lead", "cliente", "customer", "the", "di", "del", "della"]
)
_IDENTIFIER_WORDS = frozenset(
    ["id", "ids", "codice", "cod", "code", "isil", "uuid", "guid", "key", "chiave", "identificativo", "matricola"]
)
_GENERIC_IDENTIFIERS = frozenset(
    ["id", "codice", "cod", "code", "key", "chiave", "uuid", "guid", "identificativo", "number", "numero"]
)
IDENTITY = "identity"


@cache
def fields_of(kind: str) -> dict[str, Field]:
    """Every meaning that a column of such a file can have, by code; addresses other than the main as use.part."""
    found = {field.code: field for field in FIELDS if kind in field.kinds}
    for use in USES:
        for part in ADDRESS_PARTS:
            code = part.code if use == "main" else f"{use}.{part.code}"
            found[code] = Field(code, part.label, part.words if use == "main" else "")
    found[IDENTITY] = Field(IDENTITY, _("Code in another system"))
    return found


def field_named_by(header: str, kind: str) -> str:
    """The meaning that a header says in words; "" when it says nothing known."""
    words = [word for word in "".join(" " if c.isdigit() else c for c in fold(header)).split() if word]
    use = next((use for use, known in _USE_WORDS.items() if set(words) & set(known.split())), "main")
    known_of_use = set(_USE_WORDS.get(use, "").split())
    for telling in (words, [word for word in words if word not in _MEANINGLESS | known_of_use]):
        code = _code("".join(telling), kind)
        if code:
            is_part = code in {part.code for part in ADDRESS_PARTS}
            return f"{use}.{code}" if is_part and use != "main" else code
    if use != "main" and not [word for word in words if word not in _MEANINGLESS | known_of_use]:
        return "phone" if use == "home" and words == ["abitazione"] else ""
    return ""


@cache
def _by_word(kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, field in fields_of(kind).items():
        for word in field.words.split():
            found.setdefault(word, code)
    return found


def _code(word: str, kind: str) -> str:
    known = _by_word(kind)
    if word in known:
        return known[word]
    prefixes = ("company", "account", "azienda") if kind == "organisations" else ("contact", "person", "lead")
    rest = next((word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix)), "")
    return known.get(rest, "")


def is_identifier_name(header: str) -> bool:
    """Whether a header speaks of a code in some system: codice-isil, Contact ID, id."""
    words = set(fold(header).split())
    return bool(words & _IDENTIFIER_WORDS) or any(word.endswith("id") and len(word) > 4 for word in words)


def system_of(header: str, source: str) -> str:
    """How the system of a code is called: by the header; by source and header when that is just "id"."""
    name = fold(header)
    return (f"{fold(source)} {name}".strip() if name in _GENERIC_IDENTIFIERS else name)[:60]


def as_json(columns: Iterable[Column]) -> list[dict[str, str]]:
    """Columns as an import keeps them."""
    return [{"header": found.header, "field": found.field, "system": found.system} for found in columns]


def from_json(kept: Iterable[Mapping[str, str]]) -> tuple[Column, ...]:
    """The columns that an import kept."""
    return tuple(Column(found["header"], found.get("field", ""), found.get("system", "")) for found in kept)
