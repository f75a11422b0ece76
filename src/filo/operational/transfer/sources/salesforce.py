"""Salesforce: contacts, accounts, leads and opportunities, from reports, the data loader, and `sf … --json`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.operational.transfer.sources.base import Source, keys, meanings

_DEALS = frozenset(keys("Opportunity Name", "StageName", "Amount", "CloseDate", "Close Date", "Probability (%)"))
_SHARED = """
owner: Owner.Email | Owner Email | Contact Owner | Account Owner | Lead Owner | Owner Name | Owner.Name
phone: Phone | Business Phone | HomePhone | Home Phone | OtherPhone | Other Phone | AssistantPhone | Asst. Phone
mobile: MobilePhone | Mobile | Mobile Phone
fax: Fax | Business Fax
notes: Description
: LeadSource | Lead Source | Rating | CreatedDate | Created Date | LastModifiedDate | Last Modified Date
: Last Activity | IsDeleted | MasterRecordId | CreatedById | LastModifiedById | OwnerId | SystemModstamp
"""


def _places(prefix: str, use: str) -> str:
    start = f"{use}." if use else ""
    return f"""
{start}street: {prefix}Street | {prefix} Street | {prefix}Address street | {prefix} Street Line 1
{start}city: {prefix}City | {prefix} City | {prefix}Address city
{start}province: {prefix}State | {prefix} State/Province | {prefix} State | {prefix}Address state
{start}postal_code: {prefix}PostalCode | {prefix} Zip/Postal Code | {prefix} Zip | {prefix}Address postalCode
{start}country: {prefix}Country | {prefix} Country | {prefix}Address country
"""


_CONTACTS = meanings(
    f"""{_SHARED}{_places("Mailing", "")}{_places("Other", "other")}
identity: Id | Contact ID | Contact ID 18
company: Account.Name | Account Name
company_code: AccountId | Account ID
given_name: FirstName | First Name
middle_name: MiddleName | Middle Name
family_name: LastName | Last Name
title: Salutation
job_title: Title
email: Email
birth_date: Birthdate
: Department | ReportsToId | Reports To
"""
)
_ACCOUNTS = meanings(
    f"""{_SHARED}{_places("Billing", "")}{_places("Shipping", "shipping")}
identity: Id | Account ID
legal_name: Name | Account Name
web: Website
sector: Industry
: Type | ParentId | Parent Account | NumberOfEmployees | Employees | AnnualRevenue | Annual Revenue | AccountNumber
"""
)
_LEADS = meanings(
    f"""{_SHARED}
identity: Id | Lead ID
company: Company | Company / Account
given_name: FirstName | First Name
family_name: LastName | Last Name
title: Salutation
job_title: Title
email: Email
web: Website
street: Street
city: City
province: State | State/Province
postal_code: PostalCode | Zip/Postal Code
country: Country
: Status | Lead Status | Industry | IsConverted
"""
)
_OPPORTUNITIES = meanings(
    """
legal_name: Account.Name | Account Name
: Id | Opportunity ID | Name | Opportunity Name | StageName | Stage | Amount | CloseDate | Close Date
"""
)
SOURCES = (
    Source(
        "salesforce.contacts", "Salesforce", _("contacts"), "people",
        keys("LastName|Last Name", "AccountId|Account ID|Account Name|Account.Name|MailingStreet|Mailing Street"),
        _CONTACTS, "salesforce contact",
        dict.fromkeys(keys("AccountId", "Account ID"), "salesforce account"), _DEALS,
    ),
    Source(
        "salesforce.accounts", "Salesforce", _("companies"), "organisations",
        keys("Name|Account Name", "BillingStreet|Billing Street|BillingCity|Billing City|BillingAddress city"),
        _ACCOUNTS, "salesforce account", deals=_DEALS,
    ),
    Source(
        "salesforce.leads", "Salesforce", _("leads"), "people",
        keys("LastName|Last Name", "Company|Company / Account", "LeadSource|Lead Source|Lead Status|IsConverted"),
        _LEADS, "salesforce lead",
    ),
    Source(
        "salesforce.opportunities", "Salesforce", _("deals"), "organisations",
        keys("StageName|Stage", "CloseDate|Close Date", "Account.Name|Account Name|AccountId"),
        _OPPORTUNITIES, "salesforce opportunity", deals=_DEALS,
    ),
)  # fmt: skip
