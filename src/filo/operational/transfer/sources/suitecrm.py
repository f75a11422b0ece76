"""SuiteCRM and SugarCRM: contacts, accounts, leads and opportunities, by field names or the words of the list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.operational.transfer.sources.base import Source, keys, meanings

_DEALS = frozenset(keys("opportunity_name", "opportunity_amount", "sales_stage", "amount", "date_closed"))
_SHARED = """
identity: id | ID
owner: assigned_user_name | Assigned to | Assigned User Name
email: email | email1 | email2 | email_address | email_addresses | Email Address | Email Addresses | Non Primary E-mails
notes: description | Description
: date_entered | date_modified | modified_user_id | created_by | deleted | assigned_user_id | Date Created
: Date Modified | modified_by_name | created_by_name | SecurityGroup | campaign_id | campaign_name
"""
_PERSON = """
title: salutation | Salutation
given_name: first_name | First Name
family_name: last_name | Last Name
job_title: title | Title | Job Title
company: account_name | Account Name
company_code: account_id
phone: phone_work | phone_home | phone_other | Office Phone | Home | Other Phone | Home Phone | assistant_phone
mobile: phone_mobile | Mobile | Mobile Phone
fax: phone_fax | Fax
street: primary_address_street | primary_address_street_2 | Primary Address Street
city: primary_address_city | Primary Address City
province: primary_address_state | Primary Address State
postal_code: primary_address_postalcode | Primary Address Postal Code | Primary Address Postalcode
country: primary_address_country | Primary Address Country
other.street: alt_address_street | Alternate Address Street | Other Address Street
other.city: alt_address_city | Alternate Address City | Other Address City
other.province: alt_address_state | Alternate Address State | Other Address State
other.postal_code: alt_address_postalcode | Alternate Address Postal Code | Other Address Postal Code
other.country: alt_address_country | Alternate Address Country | Other Address Country
birth_date: birthdate | Birthdate
: department | do_not_call | lead_source | reports_to_id | assistant | status | status_description
"""
_ACCOUNT = """
legal_name: name | Name | Account Name
phone: phone_office | phone_alternate | Office Phone | Alternate Phone
fax: phone_fax | Fax
web: website | Website
sector: industry | Industry
street: billing_address_street | Billing Street | Billing Address Street
city: billing_address_city | Billing City | Billing Address City
province: billing_address_state | Billing State | Billing Address State
postal_code: billing_address_postalcode | Billing Postal Code | Billing Address Postal Code
country: billing_address_country | Billing Country | Billing Address Country
shipping.street: shipping_address_street | Shipping Street | Shipping Address Street
shipping.city: shipping_address_city | Shipping City | Shipping Address City
shipping.province: shipping_address_state | Shipping State | Shipping Address State
shipping.postal_code: shipping_address_postalcode | Shipping Postal Code | Shipping Address Postal Code
shipping.country: shipping_address_country | Shipping Country | Shipping Address Country
: account_type | annual_revenue | employees | ownership | parent_id | rating | sic_code | ticker_symbol
"""
SOURCES = (
    Source(
        "suitecrm.contacts", "SuiteCRM", _("contacts"), "people",
        keys("last_name|Last Name", "primary_address_street|primary_address_city|Primary Address City|phone_mobile"
             "|phone_work|Primary Address Street"),
        meanings(_SHARED + _PERSON), "suitecrm contact", dict.fromkeys(keys("account_id"), "suitecrm account"), _DEALS,
    ),
    Source(
        "suitecrm.accounts", "SuiteCRM", _("companies"), "organisations",
        keys("name|Name|Account Name", "billing_address_street|billing_address_city|phone_office|Billing Postal Code"),
        meanings(_SHARED + _ACCOUNT), "suitecrm account", deals=_DEALS,
    ),
    Source(
        "suitecrm.opportunities", "SuiteCRM", _("deals"), "organisations",
        keys("sales_stage|Sales Stage", "account_name|Account Name", "date_closed|Expected Close Date"),
        meanings("legal_name: account_name | Account Name\n: id | name | sales_stage | amount | date_closed"),
        "suitecrm opportunity", deals=_DEALS,
    ),
)  # fmt: skip
