"""Where to send the money, and what to write on it, so that it is found again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext, gettext_lazy

from filo.operational.payments.providers.contract import (
    Account,
    Forged,
    GivenBack,
    ProviderFailed,
    Said,
    Started,
    Wanted,
)


class BankTransfer:
    """By the customer's own bank."""

    code = "bank_transfer"
    label = gettext_lazy("Bank transfer")
    method = "bank"
    has_webhooks = False

    def start(self, account: Account, wanted: Wanted) -> Started:
        """Nothing is begun: here is where to send it."""
        pairs = (
            (gettext("To"), account.holder),
            ("IBAN", " ".join(account.iban[at : at + 4] for at in range(0, len(account.iban), 4))),
            (gettext("Amount"), f"{wanted.amount:.2f} {wanted.currency}"),
            (gettext("Words of the transfer"), wanted.label),
        )
        return Started(words=[pair for pair in pairs if pair[1]])

    def expire(self, account: Account, provider_ref: str) -> None:
        """Nothing was begun."""

    def read_webhook(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Said]:
        """Banks send no messages here."""
        raise Forged("no-webhooks")

    def reread(self, body: bytes) -> Sequence[Said]:
        """There is none to read again."""
        return ()

    def refund(self, account: Account, *, intent: str, amount: Decimal, currency: str, key: str) -> GivenBack:
        """A person sends it with the firm's own bank."""
        raise ProviderFailed("by hand")


PROVIDER = BankTransfer()
