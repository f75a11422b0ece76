"""EspoCRM: contacts, accounts, leads and opportunities by the names of its attributes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.operational.transfer.sources.base import Source, keys, meanings

_DEALS = frozenset(keys("opportunityRole", "amount", "amountCurrency", "amountConverted", "probability", "closeDate"))
_SHARED = """
identity: id | ID
phone: phoneNumber | Phone
email: emailAddress | Email
notes: description | Description
owner: assignedUserName | Assigned User
: deleted | createdAt | modifiedAt | createdById | createdByName | modifiedById | modifiedByName | teamsIds | teamsNames
: assignedUserId | Created At | Modified At | Teams | emailAddressIsOptedOut | emailAddressIsInvalid
"""
_PERSON = """
given_name: firstName | First Name
middle_name: middleName
family_name: lastName | Last Name
title: salutationName | Salutation
company: accountName | Account
company_code: accountId
job_title: title | Title
street: addressStreet | Address Street
city: addressCity | Address City
province: addressState | Address State
postal_code: addressPostalCode | Address Postal Code
country: addressCountry | Address Country
: name | Name | doNotCall | status | source | accountRole
"""
_ACCOUNT = """
legal_name: name | Name
web: website | Website
sector: industry | Industry
street: billingAddressStreet | Billing Address Street
city: billingAddressCity | Billing Address City
province: billingAddressState | Billing Address State
postal_code: billingAddressPostalCode | Billing Address Postal Code
country: billingAddressCountry | Billing Address Country
shipping.street: shippingAddressStreet | Shipping Address Street
shipping.city: shippingAddressCity | Shipping Address City
shipping.province: shippingAddressState | Shipping Address State
shipping.postal_code: shippingAddressPostalCode | Shipping Address Postal Code
shipping.country: shippingAddressCountry | Shipping Address Country
vat_number: vatId
: type | Type | sicCode
"""
SOURCES = (
    Source(
        "espocrm.contacts", "EspoCRM", _("contacts"), "people",
        keys("lastName", "emailAddress|phoneNumber", "accountName|accountId|addressStreet|salutationName"),
        meanings(_SHARED + _PERSON), "espocrm contact", dict.fromkeys(keys("accountId"), "espocrm account"), _DEALS,
    ),
    Source(
        "espocrm.accounts", "EspoCRM", _("companies"), "organisations",
        keys("name", "billingAddressStreet|billingAddressCity|Billing Address City|shippingAddressCity"),
        meanings(_SHARED + _ACCOUNT), "espocrm account", deals=_DEALS,
    ),
    Source(
        "espocrm.opportunities", "EspoCRM", _("deals"), "organisations",
        keys("stage", "amount", "closeDate", "accountName|accountId"),
        meanings("legal_name: accountName\n: id | name | stage | amount | closeDate | probability"),
        "espocrm opportunity", deals=_DEALS,
    ),
)  # fmt: skip
