"""The accounts with providers, with their keys unsealed for whoever speaks with them."""

from __future__ import annotations

from uuid import UUID

from filo.operational.payments.models import ProviderAccount
from filo.operational.payments.providers.contract import Account, Provider, providers
from filo.operational.payments.providers.dialling import own_address
from filo.operational.payments.sealing import KEYS

SANDBOX = "/p/pay/sandbox/"


def account_of(row: ProviderAccount) -> Account:
    """What its provider is spoken to with."""
    return Account(
        base=own_address(f"{SANDBOX}{row.pk}") if row.sandbox else row.base,
        secret_key=KEYS.open_text(row.secret_key) if row.secret_key else "",
        webhook_secret=KEYS.open_text(row.webhook_secret) if row.webhook_secret else "",
        iban=row.iban,
        holder=row.holder or row.company.legal_name or row.company.name,
    )


def provider_of(row: ProviderAccount) -> Provider:
    """The kind that speaks with him."""
    return providers()[row.kind]


def ways_to_pay(company_id: UUID) -> list[ProviderAccount]:
    """By what customers of a company may pay."""
    rows = ProviderAccount.objects.filter(company=company_id, active=True).select_related("company")
    return [row for row in rows if row.kind in providers()]


def account_with(account_id: UUID) -> ProviderAccount | None:
    """The account of this id, switched off or not: money that was begun with it still comes."""
    found = ProviderAccount.objects.select_related("company").filter(pk=account_id).first()
    return found if found is not None and found.kind in providers() else None
