"""The words by which headers say what a column holds, in Italian and English.

Written small, without accents, digits and spaces ("E-mail 1 - Value" is email: "value" is among `MEANINGLESS`). Known
here are what people write and what Google, Outlook, HubSpot and Salesforce export.
"""

from __future__ import annotations

_OF_A_FIRM = """
    denominazione ragionesociale azienda societa ditta company companyname organization organizationname organisation
    organisationname account accountname impresa ente businessname businesslegalname legalname companyorganization
    associatedcompany primaryassociatedcompany nomeazienda nomesocieta nomeditta intestatario intestazione parentaccount
"""
_TABLE = """
kind: kind tipo tipologia partytype recordtype companytype iscompany tipoazienda
full_name: nomecompleto fullname nominativo nomeecognome nomecognome displayname contactname
name_reversed: cognomenome cognomeenome
given_name: nome nomedibattesimo firstname givenname forename name
middle_name: secondonome middlename additionalname altrinomi
family_name: cognome lastname familyname surname
title: titolo title salutation appellativo honorific prefix nameprefix prefisso
job_title: qualifica ruolo posizione mansione jobtitle position organizationtitle funzione incarico professione
job_title: posizionelavorativa titololavorativo
gender: sesso genere gender sex
birth_date: datadinascita datanascita natoil birthday birthdate dateofbirth compleanno dob nascita
email: email mail emails emailaddress indirizzoemail indirizzomail indirizzopostaelettronica postaelettronica
email: emailprincipale workemail emailaddressaddress posta
pec: pec emailpec indirizzopec mailpec postacertificata postaelettronicacertificata pecemail
phone: telefono tel phone telephone phonenumber fisso telefonofisso numerotelefono numeroditelefono recapitotelefonico
phone: centralino recapito companymainphone officephone phoneoffice phonework
phone: directphone phonehome phoneother
mobile: cellulare cell cel mobile mobilephone mobilephonenumber telefonocellulare telefonomobile smartphone cellphone
mobile: phonemobile numerocellulare numerodicellulare
fax: fax telefax faxnumber numerofax
web: sito sitoweb web website url webpage paginaweb websiteurl homepage www indirizzoweb companydomainname domain
social: social facebook linkedin instagram twitter facebookpage linkedinurl paginafacebook profilolinkedin
vat_number: partitaiva piva pi vat vatnumber iva vatid partitaivacee pivacf taxid numeropartitaiva
codice_fiscale: codicefiscale codfiscale cf codfisc taxcode fiscalcode
sdi_code: codicedestinatario sdi codicesdi codiceunivoco codiceunivocoufficio cuu codiceipa destinatario
sector: settore sector industry companyindustry categoria categoriamerceologica attivita ramo
language: lingua language preferredlanguage locale
notes: note notes nota annotazioni osservazioni commenti comments description descrizione
latitude: addresslatitude latitudine latitude lat
longitude: addresslongitude longitudine longitude long lon lng
street: indirizzo via street address streetaddress addressstreet addressline addr viaenumero vianumero civico
street: streetnumber housenumber
street: numerocivico strada viapiazza addressaddress addressextendedaddress streetline
postal_code: cap postalcode zip zipcode postcode codicepostale codiceavviamentopostale addresspostalcode
postal_code: zippostalcode addresszip addresszipcode
locality: addresslocality
city: comune citta city localita town addresscity municipio luogo suburb
locality: frazione hamlet locality borgata
province: addressprovince provincia prov province state pr stateprovince stateregion region addressregion siglaprovincia
province: addressstate county statoregione federalstate
country: paese nazione stato country countryregion addresscountry countrycode nazionalita paeseregione
stage: stage fase stadio lifecyclestage fasedelciclodivita fasecommerciale
owner: owner proprietario agente venditore commerciale assignedto assignedusername assegnatoa responsabile
owner: owneremail contactowner companyowner accountowner leadowner emailagente agenteemail proprietariodelcontatto
area: area zona territorio territory areacommerciale zonadivendita
channel: canale channel canaledivendita saleschannel
selling_company: sellingcompany societavenditrice aziendavenditrice
unit: unit unita unitaorganizzativa
product_line: linea productline lineadiprodotto lineaprodotto
company_code: companyid accountid codiceazienda codicesocieta codiceditta associatedcompanyid associatedcompanyids
"""
WORDS: dict[str, tuple[str, ...]] = {
    "legal_name": (*_OF_A_FIRM.split(), *"nome name nominativo cliente fornitore".split()),  # noqa: SIM905
    "company": tuple(_OF_A_FIRM.split()),
    "name": ("nome", "name", "nominativo", "cliente", "contatto", "contact", "denominazionecliente"),
}
for _line in _TABLE.strip().splitlines():
    _code, _colon, _words = _line.partition(": ")
    WORDS[_code] = (*WORDS.get(_code, ()), *_words.split())

OF_USES = {
    "billing": ("billing", "fatturazione", "fattura", "invoice"),
    "shipping": ("shipping", "delivery", "spedizione", "consegna"),
    "home": ("home", "casa", "abitazione", "ab", "residenza", "domicilio", "privato", "private"),
    "other": ("other", "altro", "altra", "alternative", "alternativo"),
}
# Words that only say that it is the usual one.
_USUAL = """
    value valore business work ufficio uff lavoro mailing office sede legale operativa principale primary main primario
    contact contatto person persona lead cliente customer the di del della
"""
MEANINGLESS = frozenset(_USUAL.split())
IDENTIFIERS = frozenset(("id", "ids", "codice", "cod", "code", "isil", "uuid", "guid", "key", "chiave"))
IDENTIFIERS |= {"identificativo", "matricola"}
# Said so by any program: they tell nothing without the name of the source.
GENERIC = frozenset(
    (
        *("id", "codice", "cod", "code", "chiave", "key", "uuid", "guid", "identificativo", "number", "numero"),
        *("unique id", "record id", "rec id", "row id", "contact id", "customer id", "id cliente", "codice cliente"),
    )
)
