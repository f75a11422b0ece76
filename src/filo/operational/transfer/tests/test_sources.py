"""Exports of other CRMs and address books are known by their headers and come in by a ready mapping."""

from __future__ import annotations

import json

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.parties.models import ExternalIdentity, Party, PartyRelation, Relationship
from filo.operational.parties.queries.representations import parties_shown
from filo.operational.transfer.mapping import fields_of
from filo.operational.transfer.models import ImportRow
from filo.operational.transfer.queries import matches_in
from filo.operational.transfer.sources.finding import all_sources, source_with
from filo.operational.transfer.tests.files import IMPORTER, brought, counts, prepared
from filo.testing.world import World

pytestmark = pytest.mark.django_db

COMPANIES = """Record ID,Company name,Company owner,Company Domain Name,Industry,Phone Number,City,Associated Deal
901,Tessitura Zanon S.r.l.,agent@aurora.example,lanificio.example,Textiles,02 1234567,Milano,Fornitura 2026
"""
CONTACTS = """Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Associated Company,\
Associated Company IDs,Create Date,Associated Deal
1,Zoe,Bianchi,anna@example.it,333 1234567,agent@aurora.example,Customer,Un altro nome,901,2026-03-12,Fornitura 2026
2,Ugo,Neri,ugo@example.it,,,Lead,,,2026-03-12,
"""


def test_contacts_and_companies_of_hubspot_find_each_other_by_their_codes(world: World) -> None:
    companies = brought(COMPANIES, name="companies.csv")
    contacts = brought(CONTACTS, name="contacts.csv")
    assert (companies.origin, counts(companies)) == ("hubspot.companies", (1, 0, 0, 0))
    assert (contacts.origin, contacts.kind, counts(contacts)) == ("hubspot.contacts", "people", (2, 0, 0, 0))
    anna, firm = Party.objects.get(given_name="Zoe"), Party.objects.get(legal_name="Tessitura Zanon S.r.l.")
    assert PartyRelation.objects.filter(from_party=anna, to_party=firm).exists()
    assert set(ExternalIdentity.objects.values_list("system", "key")) >= {
        ("hubspot contact", "1"), ("hubspot contact", "2"), ("hubspot company", "901"),
    }  # fmt: skip
    ours = Relationship.objects.get(party=anna)
    assert (ours.stage, ours.owner_id) == ("customer", world.people["agent"].id)
    assert counts(brought(CONTACTS, name="contacts.csv")) == (0, 0, 2, 0)


def test_deals_are_told_and_kept_in_the_rows(world: World) -> None:
    batch = brought(CONTACTS, name="contacts.csv")
    matches = matches_in(IMPORTER, batch)
    assert (matches.program, matches.deals) == ("HubSpot", ("Associated Deal",))
    assert "Create Date" in matches.kept
    assert ImportRow.objects.filter(batch=batch).order_by("number")[0].raw[-1] == "Fornitura 2026"


def test_a_file_of_deals_brings_its_companies_and_keeps_the_deals(world: World) -> None:
    deals = (
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company\n"
        "5,Fornitura,Won,1200,2026-03-12,Bar Sport\n"
    )
    batch = brought(deals, name="deals.csv")
    assert (batch.origin, batch.kind, counts(batch)) == ("hubspot.deals", "organisations", (1, 0, 0, 0))
    assert {"Deal Name", "Deal Stage", "Amount"} <= set(matches_in(IMPORTER, batch).deals)


def test_odoo_has_persons_and_firms_in_one_list(world: World) -> None:
    partners = (
        "id,name,is_company,parent_id/id,parent_id,email,street,zip,city,state_id,country_id,vat,user_id/login\n"
        "base.p1,Azure Interior,True,,,info@azure.example,Via Roma 1,184,Roma,Roma (IT),Italia,IT00743110157,\n"
        "base.p2,Brando Verdi,False,base.p1,Azure Interior,brando@azure.example,,,,,,,agent@aurora.example\n"
    )
    batch = brought(partners, name="res.partner.csv")
    assert (batch.origin, batch.kind, counts(batch)) == ("odoo.partners", "parties", (2, 0, 0, 0))
    firm, person = Party.objects.get(legal_name="Azure Interior"), Party.objects.get(family_name="Verdi")
    assert (firm.kind, firm.vat_number, person.given_name) == ("organisation", "00743110157", "Brando")
    address = firm.addresses.get()
    assert (address.postal_code, address.province, address.country) == ("00184", "RM", "IT")
    assert PartyRelation.objects.filter(from_party=person, to_party=firm).exists()


def test_salesforce_is_read_from_the_command_line_as_json(world: World) -> None:
    attributes = {"type": "Contact", "url": "/services/data/v60.0/x"}
    record = {
        "attributes": attributes, "Id": "003x", "FirstName": "Zoe", "LastName": "Bianchi", "Title": "Buyer",
        "Email": "anna@example.it", "MailingCity": "Salerno", "MailingCountry": "Italy", "AccountId": "001x",
        "Account": {"attributes": attributes, "Name": "Bar Sport"},
    }  # fmt: skip
    batch = brought(json.dumps({"status": 0, "result": {"records": [record], "done": True}}), name="contacts.json")
    assert (batch.origin, counts(batch)) == ("salesforce.contacts", (1, 0, 0, 0))
    assert Party.objects.get(given_name="Zoe").addresses.get().city == "Salerno"


HEADERS = {
    "salesforce.accounts": "Id,Name,Type,BillingStreet,BillingCity,Phone,Website,Industry",
    "salesforce.leads": "Id,FirstName,LastName,Company,Email,Status,LeadSource",
    "salesforce.opportunities": "Id,Account Name,Name,StageName,Amount,CloseDate",
    "espocrm.contacts": "id,firstName,lastName,emailAddress,phoneNumber,accountName,addressCity",
    "espocrm.accounts": "id,name,website,billingAddressStreet,billingAddressCity,industry",
    "suitecrm.contacts": "id,salutation,first_name,last_name,title,phone_mobile,primary_address_city,account_name",
    "suitecrm.accounts": "id,name,phone_office,billing_address_street,billing_address_city,industry",
    "google.contacts": "First Name,Last Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value",
    "outlook.contacts": "Nome,Cognome,Società,Via (uff.),Città (uff.),Cellulare,Indirizzo posta elettronica",
    "linkedin.connections": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "": "Nome,Cognome,Email,Città",
}


@pytest.mark.parametrize("code", HEADERS)
def test_each_program_is_known_by_its_headers(code: str) -> None:
    found = source_with(HEADERS[code].split(","))
    assert (found.code if found else "") == code


def test_labels_of_google_tell_which_number_it_is(world: World) -> None:
    google = (
        "First Name,Last Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,"
        "Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,Organization Name\n"
        "Zoe,Bianchi,,* myContacts,* Work,anna@example.it ::: anna2@example.it,Work Fax,089 123456,Mobile,"
        "333 1234567,Home,Via Roma 1,Salerno,\n,,,,,,,,,,,,,Bar Sport\n"
    )
    batch = brought(google, name="contacts.csv")
    assert counts(batch) == (2, 0, 0, 0)
    anna = Party.objects.get(given_name="Zoe")
    assert list(anna.contact_points.values_list("type", "normalised", "label")) == [
        ("email", "anna@example.it", "Work"),
        ("email", "anna2@example.it", "Work"),
        ("fax", "+39089123456", "Work Fax"),
        ("mobile", "+393331234567", ""),
    ]
    assert anna.addresses.get().use == "home"
    assert Party.objects.filter(kind="organisation", legal_name="Bar Sport").exists()


def test_a_program_can_be_named_and_has_to_be_one(world: World) -> None:
    text = "Id,Cognome,Email\n7,Bianchi,a@b.it\n"
    assert prepared(text, program="hubspot").origin == "hubspot.contacts"
    with pytest.raises(InvalidFields) as refusal:
        prepared(text, program="lotus")
    assert "hubspot" in str(refusal.value.fields["from"][0])


def test_ready_mappings_name_only_meanings_that_there_are() -> None:
    wrong = {
        (source.code, field)
        for source in all_sources().values()
        for field in source.columns.values()
        if field and field not in fields_of(source.kind)
    }
    assert wrong == set()


def test_parties_as_the_api_gives_them_come_in_again_without_a_change(world: World) -> None:
    admin = world.principal("admin")
    parties = list(Party.objects.visible_to(admin))
    content = json.dumps({"items": parties_shown(admin, parties), "next": None}, default=str)
    batch = brought(content, principal=admin, name="parties.json")
    assert (batch.origin, counts(batch)) == ("filo.parties", (0, 0, len(parties), 0))
