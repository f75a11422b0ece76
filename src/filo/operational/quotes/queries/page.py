"""What the page of a quote shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, UUIDField

from filo.foundation import clock
from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.money import ZERO
from filo.foundation.prepared import asked
from filo.operational.approvals.models import Approval
from filo.operational.approvals.queries import approvals_about
from filo.operational.deals.models import Deal
from filo.operational.deals.policies import DEAL_EDITED
from filo.operational.parties.models import Party
from filo.operational.prices.sums import Totals, totals_of
from filo.operational.quotes.models import OPEN, Quote, QuoteLine, QuoteQuestionAsked, QuoteSignature, QuoteView
from filo.operational.quotes.policies import QUOTE_EDITED, QUOTE_SENT
from filo.operational.quotes.queries.caps import beyond_caps
from filo.operational.quotes.queries.finding import lines_of, newer_version, next_draft

MOST_ON_CARD = 8


@dataclass(frozen=True)
class QuotePage:
    """A quote with all that stands beside it; `party` is None where the customer may not be seen.

    cap: how many percent may be given where the largest discount of a draft goes beyond that. may_win: whether its
    deal can be won with it now.
    """

    quote: Quote
    party: Party | None
    deal: Deal | None
    lines: list[QuoteLine]
    totals: Totals
    margin: Decimal | None
    may_edit: bool
    may_send: bool
    sees_cost: bool
    cap: Decimal | None
    approval: Approval | None
    signature: QuoteSignature | None
    questions: list[QuoteQuestionAsked]
    views: list[QuoteView]
    newer: Quote | None
    draft: Quote | None
    may_win: bool

    @property
    def must_ask(self) -> bool:
        """Whether it goes beyond what its seller may give."""
        return self.cap is not None

    @property
    def is_written(self) -> bool:
        """Whether its lines can be changed."""
        return self.may_edit and self.quote.state in ("draft", "approved")


def page_of_quote(principal: Principal, quote: Quote) -> QuotePage:
    """Everything that the page shows, as far as this principal may see it."""
    lines = lines_of(quote)
    sees_cost = "cost" not in principal.hidden("quote")
    approvals = approvals_about("quote", quote.pk)
    early = quote.is_early
    deal = Deal.objects.visible_to(principal).filter(pk=quote.deal_id).first() if quote.deal_id else None
    return QuotePage(
        quote=quote,
        party=_party(principal, quote),
        deal=deal,
        lines=lines,
        totals=totals_of([line for line in lines if line.counts], gross=quote.gross, currency=quote.currency),
        margin=margin_of(quote) if sees_cost else None,
        may_edit=principal.may("quote", "edit") and QUOTE_EDITED.allows(principal, quote),
        may_send=principal.may("quote", "send") and QUOTE_SENT.allows(principal, quote),
        sees_cost=sees_cost,
        cap=_cap(principal, quote, lines) if quote.state == "draft" else None,
        approval=approvals[0] if approvals else None,
        signature=QuoteSignature.objects.filter(quote=quote).select_related("user").first() if not early else None,
        questions=[] if early else list(quote.questions.all()),
        views=[] if early else list(quote.seen_by.select_related("party")),
        newer=newer_version(quote) if quote.state == "superseded" else None,
        draft=None if early else next_draft(quote),
        may_win=quote.state == "accepted" and deal is not None and may_win(principal, deal),
    )


def _cap(principal: Principal, quote: Quote, lines: list[QuoteLine]) -> Decimal | None:
    beyond = beyond_caps(principal, quote, lines)
    return max(beyond, key=lambda one: one.off).cap if beyond else None


def _party(principal: Principal, quote: Quote) -> Party | None:
    if not principal.may("party", "view"):
        return None
    return Party.objects.visible_to(principal).filter(pk=quote.party_id).first()


def margin_of(quote: Quote) -> Decimal | None:
    """What is left of the net sum when the costs are paid, in percent; None where a cost is not known."""
    if quote.cost is None or quote.net <= ZERO:
        return None
    return ((quote.net - quote.cost) / quote.net * 100).quantize(Decimal("0.1"))


def quotes_of(principal: Principal, party: Party) -> list[Quote]:
    """The latest quotes of a customer that this principal may see."""
    return list(_OF_PARTY.rows(principal, party=party.id))


def _of_party(principal: Principal) -> QuerySet[Quote]:
    rows = Quote.objects.visible_to(principal).filter(party=asked("party", UUIDField()))
    return rows.exclude(state="superseded").order_by("-created_at", "-id")[:MOST_ON_CARD]


_OF_PARTY = PreparedFor(_of_party)


def quotes_of_deal(principal: Principal, deal: Deal) -> list[Quote]:
    """The quotes of a deal that this principal may see, all versions, the latest first."""
    rows = Quote.objects.visible_to(principal).filter(deal=deal.pk)
    return list(rows.order_by("-created_at", "-id")[:MOST_ON_CARD])


def may_win(principal: Principal, deal: Deal) -> bool:
    """Whether a deal is open, and this principal may say that it is won."""
    return deal.is_open and principal.may("deal", "edit") and DEAL_EDITED.allows(principal, deal)


def accepted_of_deal(principal: Principal, deal: Deal) -> Quote | None:
    """The quote that the customer of a deal took, the latest if there are several."""
    rows = Quote.objects.visible_to(principal).filter(deal=deal.pk, state="accepted")
    return rows.order_by("-answered_at", "-id").first()


def to_see_to(principal: Principal) -> QuerySet[Quote] | None:
    """One's own quotes that can be sent, or that hold for a few days more; None for who is nobody."""
    if principal.user_id is None:
        return None
    mine = Quote.objects.visible_to(principal).filter(owner=principal.user_id)
    approved = mine.filter(state="approved")
    soon = mine.filter(state__in=OPEN, sent_at__isnull=False, valid_until__lte=clock.today())
    return approved | soon
