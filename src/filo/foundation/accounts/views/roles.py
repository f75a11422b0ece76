"""What each role may do: the list, the grid of one, a copy of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.access.models import Role
from filo.foundation.accounts import roles as verbs
from filo.foundation.accounts.forms.factors import SecondFactorRuleForm
from filo.foundation.accounts.forms.roles import RoleForm, RoleNamesForm
from filo.foundation.accounts.people import require_people, roles_in_use
from filo.foundation.accounts.queries import visibility_scheme
from filo.foundation.accounts.rules import ask_second_factor_of
from filo.foundation.errors import NotFound
from filo.foundation.web.requests import StaffRequest


@require_GET
def roles(request: StaffRequest) -> HttpResponse:
    """All roles: the ready ones, and those of one's own making."""
    require_people(request.principal)
    return render(request, "accounts/roles.html", {"roles": roles_in_use()})


@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, role_id: UUID) -> HttpResponse:
    """The grid of a role, and whether whoever has it needs a second factor: one page, one *Save*."""
    require_people(request.principal)
    role = _role(role_id)
    days = role.second_factor_days  # type: ignore[attr-defined]  # annotated by roles_in_use
    initial = {"name_it": role.name_it, "name_en": role.name_en, "version": role.version}
    form = RoleForm(role, request.POST or None, initial=initial, scheme=visibility_scheme())
    asked = {"needed": days is not None, "grace_days": days or 0}
    rule = SecondFactorRuleForm(request.POST if "grace_days" in request.POST else None, initial=asked)
    if request.method == "POST":
        request.principal.require("user", "manage")
        if form.is_valid() and (not rule.is_bound or rule.is_valid()) and _kept(request, role, form, rule):
            messages.success(request, _("Saved. It holds from everybody’s next click."))
            return redirect("accounts:role", role.id)
    context = {"form": form, "role": role, "groups": list(form.groups()), "differs": _differs(role), "rule": rule}
    return render(request, "accounts/role.html", context, status=max(form.status, rule.status))


def _kept(request: StaffRequest, role: Role, form: RoleForm, rule: SecondFactorRuleForm) -> bool:
    """Whether both verbs did it; what one of them refuses leaves the other undone, too."""
    with transaction.atomic():
        done = form.done(lambda: _edit(request, role, form))
        if done and rule.is_bound:
            done = rule.done(lambda: ask_second_factor_of(request.principal, role, **rule.facts))
        if not done:
            transaction.set_rollback(True)
    return done


def _edit(request: StaffRequest, role: Role, form: RoleForm) -> Role:
    version = form.cleaned_data["version"] or 0
    return verbs.edit_role(
        request.principal, role, version=version, names=form.names, grants=form.grants, masks=form.masks
    )


@require_POST
def reset(request: StaffRequest, role_id: UUID) -> HttpResponse:
    """Back to what the ready role may do."""
    role = _role(role_id)
    verbs.reset_role(request.principal, role)
    messages.success(request, _("%(name)s is as it came.") % {"name": role})
    return redirect("accounts:role", role.id)


@require_http_methods(["GET", "POST"])
def copy(request: StaffRequest, role_id: UUID) -> HttpResponse:
    """A new role that begins as this one is."""
    request.principal.require("user", "manage")
    role = _role(role_id)
    form = RoleNamesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[Role] = []
        if form.done(lambda: made.append(verbs.copy_role(request.principal, role, names=form.names))):
            return redirect("accounts:role", made[0].id)
    return render(request, "accounts/role_copy.html", {"form": form, "role": role}, status=form.status)


@require_POST
def delete(request: StaffRequest, role_id: UUID) -> HttpResponse:
    """Take away a role that nobody has."""
    role = _role(role_id)
    verbs.delete_role(request.principal, role)
    messages.success(request, _("%(name)s is gone.") % {"name": role})
    return redirect("accounts:roles")


def _role(role_id: UUID) -> Role:
    found = roles_in_use().filter(pk=role_id).first()
    if found is None:
        raise NotFound
    return found


def _differs(role: Role) -> bool:
    return bool(role.grants or role.masks)
