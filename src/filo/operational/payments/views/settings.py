"""How money is taken, when customers are reminded, and the rate of interest."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.access.models import Role
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.forms import FiloForm
from filo.foundation.web.requests import StaffRequest
from filo.operational.payments.forms import AccountForm, CapForm, RateForm, StepForm
from filo.operational.payments.models import InterestRate, ProviderAccount, RefundCap, ReminderStep
from filo.operational.payments.providers.dialling import own_address
from filo.operational.payments.queries.reminding import TAGS
from filo.operational.payments.services.ready import make_ready
from filo.operational.payments.services.settings import keep_account, keep_cap, keep_rate, keep_step

HEADS = {
    "account": gettext_lazy("How customers pay"),
    "step": gettext_lazy("A reminder"),
    "rate": gettext_lazy("Rate of interest"),
    "cap": gettext_lazy("Giving back without asking"),
}
_SECRETS = ("secret_key", "webhook_secret")


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All that is set up about payments."""
    request.principal.require("settings", "view")
    rows = ProviderAccount.objects.select_related("company")
    names = {role.code: str(role) for role in Role.objects.all()}
    context = {
        "accounts": [(row, own_address(f"/p/pay/hooks/{row.pk}")) for row in rows],
        "steps": ReminderStep.objects.all(),
        "rates": InterestRate.objects.order_by("-since"),
        "caps": [(cap, names.get(cap.role, cap.role)) for cap in RefundCap.objects.all()],
        "tags": TAGS,
    }
    return render(request, "payments/settings.html", context)


@require_POST
def ready(request: StaffRequest) -> HttpResponse:
    """The letters and rates that come with Filo."""
    make_ready(request.principal)
    messages.success(request, _("Saved."))
    return redirect("payments:settings")


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """One more."""
    return _edit(request, kind, None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, kind: str, thing_id: UUID) -> HttpResponse:
    """Change it, or take it out of use."""
    return _edit(request, kind, thing_id)


def _edit(request: StaffRequest, kind: str, thing_id: UUID | None) -> HttpResponse:
    request.principal.require("settings", "edit")
    models = {"account": ProviderAccount, "step": ReminderStep, "rate": InterestRate, "cap": RefundCap}
    shapes: dict[str, type[FiloForm]] = {"account": AccountForm, "step": StepForm, "rate": RateForm, "cap": CapForm}
    if kind not in models:
        raise NotFound
    found = models[kind]._default_manager.filter(pk=thing_id).first() if thing_id else None
    if thing_id and found is None:
        raise NotFound
    names = [name for name in shapes[kind].base_fields if name not in _SECRETS]
    form = shapes[kind](request.POST or None, initial={name: getattr(found, name) for name in names} if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, kind, found, form)
            messages.success(request, _("Saved."))
            return redirect("payments:settings")
        except InvalidFields as error:
            form.refuse(error)
    context = {"form": form, "head": HEADS[kind], "tags": TAGS if kind == "step" else ()}
    return render(request, "payments/setting.html", context, status=422 if form.errors else 200)


def _keep(request: StaffRequest, kind: str, found: object, form: FiloForm) -> None:
    values = dict(form.cleaned_data)
    if kind == "account":
        keep_account(request.principal, values.pop("company"), **values)
    elif kind == "step":
        keep_step(request.principal, found if isinstance(found, ReminderStep) else None, **values)
    elif kind == "cap":
        keep_cap(request.principal, **values)
    else:
        keep_rate(request.principal, **values)
