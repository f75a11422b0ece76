"""Pages of retention: the rules with their reports, a rule with its preview, off and on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.keeping import KeptKind
from filo.foundation.privacy import queries
from filo.foundation.privacy.forms import RuleForm
from filo.foundation.privacy.models import RetentionRule
from filo.foundation.privacy.registry import kept_kind, kept_kinds
from filo.foundation.privacy.services.rules import add_rule, change_rule, refuse_unfit, switch_rule
from filo.foundation.privacy.words import about_what, amount_of
from filo.foundation.web.requests import StaffRequest


@require_GET
def rules(request: StaffRequest) -> HttpResponse:
    """The rules in words, what else is proposed, what the last nights did, and who is held."""
    found = queries.seen_rules(request.principal)
    context = {
        "rules": found,
        "proposals": queries.proposals(found),
        "runs": queries.last_runs(request.principal),
        "holds": queries.seen_holds(request.principal),
    }
    return render(request, "privacy/retention.html", context)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more: first of what, then for how long; it is saved once its preview was seen."""
    request.principal.require("privacy", "edit")
    kind = kept_kind(request.GET.get("kind", ""))
    if kind is None:
        return render(request, "privacy/kinds.html", {"kinds": list(kept_kinds().values())})
    amount, unit = amount_of(_asked_days(request))
    initial: dict[str, Any] = {name: request.GET.get(name, "") for name in ("source", "purpose")}
    initial |= {"amount": amount, "unit": unit}
    form = RuleForm(kind, request.POST or None, initial=initial, is_new=True)
    if request.method == "POST" and form.is_valid():
        source, purpose = form.part
        rule = RetentionRule(kind=kind.code, source=source, purpose=purpose, days=form.days)
        if not form.is_looked_at:
            return _previewed(request, kind, form, rule)
        facts: dict[str, Any] = {"kind": kind.code, "source": source, "purpose": purpose, "days": form.days}
        if form.done(lambda: add_rule(request.principal, **facts)):
            messages.success(request, _("Saved. It works from tonight on."))
            return redirect("privacy:retention")
    return _form(request, kind, form)


@require_http_methods(["GET", "POST"])
def rule(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Change for how long; the preview says what the change would do tonight."""
    request.principal.require("privacy", "edit")
    found = queries.seen_rule(request.principal, rule_id)
    kind = kept_kind(found.kind)
    if kind is None:
        raise NotFound
    amount, unit = amount_of(found.days)
    initial = {"amount": amount, "unit": unit, "version": found.version}
    form = RuleForm(kind, request.POST or None, initial=initial, is_new=False)
    if request.method == "POST" and form.is_valid():
        days, version = form.days, form.cleaned_data["version"] or 0
        if not form.is_looked_at:
            return _previewed(request, kind, form, _as_typed(found, days), found)
        if form.done(lambda: change_rule(request.principal, found, days=days, version=version)):
            messages.success(request, _("Saved."))
            return redirect("privacy:retention")
    return _form(request, kind, form, found)


@require_POST
def switch_off(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """The rule rests, with a way back."""
    found = switch_rule(request.principal, queries.seen_rule(request.principal, rule_id), active=False)
    undo = reverse("privacy:switch-on", args=[found.id])
    messages.success(request, _("Switched off: nothing goes by this rule any more."), extra_tags=undo)
    return redirect("privacy:retention")


@require_POST
def switch_on(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """The rule works again."""
    switch_rule(request.principal, queries.seen_rule(request.principal, rule_id), active=True)
    messages.success(request, _("The rule works again."))
    return redirect("privacy:retention")


def _previewed(
    request: StaffRequest, kind: KeptKind, form: RuleForm, rule: RetentionRule, found: RetentionRule | None = None
) -> HttpResponse:
    """The form with what would go tonight; sent once more as it stands, it is saved."""
    try:
        refuse_unfit(kind=rule.kind, source=rule.source, purpose=rule.purpose, days=rule.days)
    except InvalidFields as error:
        form.refuse(error)
        return _form(request, kind, form, found)
    shown = queries.preview(request.principal, rule)
    form.show()
    return _form(request, kind, form, found, preview=shown)


def _form(
    request: StaffRequest,
    kind: KeptKind,
    form: RuleForm,
    found: RetentionRule | None = None,
    preview: queries.Preview | None = None,
) -> HttpResponse:
    about = about_what(kind, kind.code, found.source, found.purpose) if found else str(kind.label)
    context = {"form": form, "kind": kind, "found": found, "about": about, "preview": preview}
    return render(request, "privacy/rule.html", context, status=form.status)


def _as_typed(found: RetentionRule, days: int) -> RetentionRule:
    """The rule as it would be, for a look at it."""
    return RetentionRule(pk=found.pk, kind=found.kind, source=found.source, purpose=found.purpose, days=days)


def _asked_days(request: StaffRequest) -> int:
    text = request.GET.get("days", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 365
