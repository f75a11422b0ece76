"""The rules of the house that imports cannot show: keys, writers, doors, templates, sizes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from filo.config.modules import MODULES
from filo.testing.world import World

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "filo"
LAYERS = ("foundation", "operational", "collaborative", "analytical", "managerial")
WRITING = ("create", "update", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update")
NOT_THE_PRODUCT = {"tests", "testing", "migrations", "locale", "conftest.py", "node_modules"}
# Who may open what without being known. A new line here is a decision: review it.
PUBLIC = {
    "/p/c/x": "a reserved catalogue, for whoever has its signed link",
    "/p/c/x/images/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "a picture of a product of such a catalogue",
    "/p/chat/widget.js": "the script of a place of the chat; tells its address and nothing else",
    "/p/chat/at/x": "the frame of a chat; shows who its cookie or key proves",
    "/p/chat/now": "one's own chat, by cookie or key; six hundred calls a minute",
    "/p/chat/begin": "the same; twenty a quarter of an hour",
    "/p/chat/call-me": "the same; five an hour",
    "/p/chat/say": "the same; refused to foreign pages without a key",
    "/p/chat/sign": "the same",
    "/p/chat/end": "the same; mails thirty times in ten minutes",
    "/p/chat/01a2019c-7fd7-7c53-bc80-8be9dfea212e/files/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "of one's own chat",
    "/p/live/now": "how it stands with one's own chat",
    "/p/live/about": "what stands above it; nothing where none is shared",
    "/p/live/form": "a form that a colleague shares in one's own chat",
    "/p/live/field": "the same; refused to foreign pages",
    "/p/live/x": "agree, refuse, stop, in one's own chat",
    "/p/assistant": "what is for everybody, and what is known of whom the cookie proves",
    "/p/assistant/tell": "the same; sixty times in ten minutes",
    "/p/assistant/shown": "the same",
    "/healthz": "liveness tells nothing but ok",
    "/readyz": "readiness tells of parts, not of data",
    "/metrics": "figures for a watcher in the house, or one with a token for them",
    "/p/quote/x": "a quote, for whoever has its signed link",
    "/p/quote/x/sums": "the same link",
    "/p/quote/x/pdf": "the same link",
    "/p/quote/x/seen": "the same link; counts",
    "/p/quote/x/accept": "the same link; forty times a quarter of an hour",
    "/p/quote/x/reject": "the same link",
    "/p/quote/x/ask": "the same link, twenty questions",
    "/p/order": "asks for a number and what only its customer knows; twenty times a quarter of an hour",
    "/p/order/x": "how far an order has come, for whoever has its signed link",
    "/p/approvals/x": "one decision of one person: the signature in the link is what is checked",
    "/p/status": "whether each part works, without a figure",
    "/start": "the first start, guarded by a code on the terminal, gone once there is a firm",
    "/login": "the door",
    "/login/passkey": "asks a browser for a passkey: a signature over a fresh question is what is checked",
    "/logout": "asks only whether one is sure",
    "/inactive": "what an ended account sees",
    "/password/reset": "asks for an address",
    "/password/reset/done": "says the same to all",
    "/password/reset/key/x-x/": "the secret in the link is what is checked",
    "/password/reset/key/done": "says that it is done",
    "/worker.js": "the script that shows notices in a browser, without data",
    "/p/digest/x": "ends a digest: the signature in the link is what is checked",
    "/language": "sets a cookie with the language",
    "/p/pay/x": "the signature in the link is what is checked",
    "/p/pay/x/x": "the same link; goes on to the provider",
    "/p/pay/hooks/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "the provider's signature over the body is what is checked",
    "/p/phone/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "the exchange's signature over the message is what is checked",
    "/p/pay/sandbox/01a2019c-7fd7-7c53-bc80-8be9dfea212e/v1/checkout/sessions": "the secret key is what is checked",
    "/p/pay/sandbox/01a2019c-7fd7-7c53-bc80-8be9dfea212e/v1/checkout/sessions/"
    "01a2019c-7fd7-7c53-bc80-8be9dfea212e/expire": "the secret key is what is checked",
    "/p/pay/sandbox/01a2019c-7fd7-7c53-bc80-8be9dfea212e/v1/refunds": "the secret key is what is checked",
    "/p/pay/sandbox/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "a session of the sandbox, by its random id",
    "/p/requests": "asks for the number of a request and the address it came from, ten times a quarter of an hour",
    "/p/requests/x": "the signature in the link is what is checked",
    "/p/requests/x/say": "the same link",
    "/p/requests/x/person": "the same link",
    "/p/satisfaction/x": "a link for this one purpose",
    "/p/open/x/x": "the signature in the link is what is checked; sixty times in ten minutes",
    "/p/sign-in": "mails a link to an address that is known; five a quarter of an hour, one answer for all",
    "/p/visit": "what may be kept of one's own visit",
    "/p/visit/leave": "forgets one's own browser",
    "/p/visit/seen": "which of our pages is open, kept where one agreed to it",
    "/p/pages/x": "a page that was published, in its days",
    "/p/pages/x/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "a form on such a page",
    "/p/pages/pictures/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "a picture of such a page",
    "/p/me": "the area of a customer who signed in of late; anybody else is led to the sign-in",
    "/p/me/orders": "the same area",
    "/p/me/orders/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "his own order",
    "/p/me/invoices": "the same area",
    "/p/me/invoices/01a2019c-7fd7-7c53-bc80-8be9dfea212e.pdf": "his own invoice",
    "/p/me/pay/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "what he owes",
    "/p/me/requests": "the same area",
    "/p/me/requests/new": "the same area, ten a quarter of an hour",
    "/p/me/requests/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "his own request",
    "/p/me/facts": "the same area",
    "/p/me/facts/new/x": "what he says of himself",
    "/p/me/facts/x/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "what is known of him",
    "/p/me/facts/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "what is known of him",
    "/p/me/data": "the same area",
    "/p/me/consents": "what he himself agrees to",
    "/p/me/data/copy": "his own data, three times an hour",
    "/p/me/browsers/01a2019c-7fd7-7c53-bc80-8be9dfea212e/forget": "his own browsers",
    "/p/kb": "the home of what everybody may read",
    "/p/kb/find": "articles for everybody alone, sixty questions a minute",
    "/p/kb/ask": "a question to a person, five a quarter of an hour; shows nothing of a customer",
    "/p/kb/in/x": "articles for everybody",
    "/p/kb/x": "an article for everybody",
    "/p/kb/x/vote": "whether it helped, sixty an hour",
    "/p/kb/x/files/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "a file that lies on an article for everybody",
    "/p/guide/x": "a decision tree for everybody, begun sixty times in ten minutes",
    "/p/guide/x/01a2019c-7fd7-7c53-bc80-8be9dfea212e/x": "one step of it; the walk is known by a random id alone",
    "/p/guide/x/01a2019c-7fd7-7c53-bc80-8be9dfea212e/x/helped": "whether it helped",
    "/p/guide/x/01a2019c-7fd7-7c53-bc80-8be9dfea212e/x/person": "a question to a person, five a quarter of an hour",
    "/.well-known/caldav": "leads programs of calendars to their door, and tells nothing",
    "/p/calendar/x.ics": "the secret in the address is what is checked; one person's own calendar, to be read",
    "/p/shop": "what everybody may see of what is for sale",
    "/p/shop/find": "the same; two hundred and forty searches a minute",
    "/p/shop/p/x": "a product that this visitor may see",
    "/p/shop/images/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "a picture of such a product",
    "/p/shop/terms": "the terms of sale",
    "/p/shop/cart": "the cart of this very browser",
    "/p/shop/cart/add": "into the cart of this very browser, a hundred and twenty times a minute",
    "/p/shop/cart/01a2019c-7fd7-7c53-bc80-8be9dfea212e": "a line of that cart",
    "/p/shop/cart/01a2019c-7fd7-7c53-bc80-8be9dfea212e/back/1": "a line of that cart again",
    "/p/shop/cart/coupon": "a coupon for that cart, twenty times in ten minutes",
    "/p/shop/cart/coupon/off": "the same, taken off",
    "/p/shop/checkout": "orders that cart, thirty times a quarter of an hour; shows a customer to himself alone",
    "/p/shop/thanks/x": "an order of the shop, for whoever has its signed link",
    "/p/shop/thanks/x/pay": "the same link; goes on to the provider",
    "/p/sequences/x/stop": "the signature in the link is what is checked; shows nothing of a customer",
    "/api/v1/openapi.json": "the description of the API, without data",
    "/api/v1/docs": "the explorer of that description",
}
# Doors that read a guarded row plainly: each has just written that very row for whoever asks.
READ_PLAINLY = {
    "collaborative/shop/views/settings.py:index",  # its own Offer: the price of a thing on the shelf
    "collaborative/chat/panels.py:_may_hear",  # his own chat, by his cookie
    "collaborative/chat/panels.py:_live_now",  # of a conversation that was asked for already
    "collaborative/visitors/panels.py:_living",  # which secrets still hold
    "operational/activities/api.py:change_task",
    "operational/parties/api/duties.py:_whole",
    "operational/catalogue/views/lists.py:bin",
}


def modules_of_the_product() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if not NOT_THE_PRODUCT & set(_parts(path))]


def templates() -> list[Path]:
    return sorted(PACKAGE.glob("**/templates/**/*.html"))


def _parts(path: Path) -> tuple[str, ...]:
    return path.relative_to(PACKAGE).parts


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path, line: int | None = None) -> str:
    return f"{path.relative_to(PACKAGE)}{f':{line}' if line else ''}"


def app_of(path: Path) -> str | None:
    """foundation.access of a file in foundation/access/, None for what belongs to no app."""
    parts = _parts(path)
    return ".".join(parts[:2]) if len(parts) > 2 and parts[0] in LAYERS else None


# --- the list of modules ------------------------------------------------------------------------------------


def test_every_app_is_on_the_list_of_modules() -> None:
    found = {f"filo.{'.'.join(_parts(path)[:2])}" for path in PACKAGE.glob("*/*/apps.py")}
    assert found == set(MODULES)
    assert len(MODULES) == len(set(MODULES))


def test_the_list_of_modules_is_in_the_order_of_the_layers() -> None:
    places = [LAYERS.index(module.split(".")[1]) for module in MODULES]
    assert places == sorted(places)


def test_every_app_says_its_label() -> None:
    for module in MODULES:
        assert apps.get_app_config(module.rsplit(".", 1)[1]).name == module


def test_getting_ready_is_short() -> None:
    long = []
    for path in PACKAGE.glob("*/*/apps.py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef) and node.name == "ready" and _lines(node) > 10:
                long.append(shown(path, node.lineno))
    assert not long


# --- keys and writers ---------------------------------------------------------------------------------------


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("filo.")]


def _module_of(model: type[models.Model]) -> str:
    return ".".join(model.__module__.split(".")[:3])


def _keys(model: type[models.Model]) -> Iterator[models.Field]:
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            yield field


def test_foreign_keys_point_downwards() -> None:
    wrong = []
    for model in own_models():
        for key in _keys(model):
            mine, theirs = _module_of(model), _module_of(key.related_model)
            if theirs in MODULES and MODULES.index(theirs) > MODULES.index(mine):
                wrong.append(f"{model.__name__}.{key.name} -> {theirs}")
    assert not wrong


def test_a_key_into_another_app_leaves_no_name_there() -> None:
    wrong = [
        f"{model._meta.label}.{key.name}"
        for model in own_models()
        for key in _keys(model)
        if _module_of(model) != _module_of(key.related_model) and not key.remote_field.hidden
    ]
    assert not wrong


def test_a_key_into_another_app_names_it_by_string() -> None:
    """Written as an imported class it would be an import of models, and cycles would follow."""
    wrong = []
    for path in modules_of_the_product():
        imported = set(_models_imported(path))
        for node in ast.walk(tree_of(path)):
            if _is_key(node) and node.args and isinstance(node.args[0], ast.Name) and node.args[0].id in imported:
                wrong.append(shown(path, node.lineno))
    assert not wrong


def _is_key(node: ast.AST) -> bool:
    names = ("ForeignKey", "OneToOneField", "ManyToManyField")
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names


def _models_imported(path: Path) -> dict[str, str]:
    """The models that a module takes from other apps, by the name it uses for them."""
    mine, found = app_of(path), {}
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("filo."):
            continue
        parts = str(node.module).split(".")
        if len(parts) > 3 and parts[3] == "models" and ".".join(parts[1:3]) != mine:
            found |= {alias.asname or alias.name: alias.name for alias in node.names}
    return found


def test_only_the_owners_services_write_a_model() -> None:
    wrong = []
    for path in modules_of_the_product():
        if _parts(path)[:2] in (("config", "demo"), ("config", "faults")):  # they make and break copies
            continue
        imported = _models_imported(path)
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
                written = _model_behind(node.func.value)
                if written in imported:
                    wrong.append(f"{shown(path, node.lineno)} {written}…{node.func.attr}")
    assert not wrong


def _model_behind(node: ast.AST) -> str | None:
    """Interaction, of Interaction.objects.filter(…)…"""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
            return node.value.id if isinstance(node.value, ast.Name) else None
        node = node.func if isinstance(node, ast.Call) else node.value
    return None


def test_doors_do_not_write() -> None:
    doors = ("views", "api", "panels", "forms", "queries", "policies")
    wrong = []
    for path in modules_of_the_product():
        role = _parts(path)[2].removesuffix(".py") if app_of(path) else ""
        if role not in doors:
            continue
        for node in ast.walk(tree_of(path)):
            writes = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING
            if writes and _model_behind(node.func.value):
                wrong.append(shown(path, node.lineno))
    assert not wrong


# --- what is read through whom ------------------------------------------------------------------------------


def guarded_models() -> set[str]:
    """The models with a `visible_to` of their own."""
    return {model.__name__ for model in own_models() if hasattr(model._default_manager.all(), "visible_to")}


def test_the_models_that_have_viewers_are_guarded() -> None:
    assert {"Party", "Relationship", "TimelineEntry", "Task", "Interaction"} <= guarded_models()


def test_doors_read_guarded_models_only_through_visible_to() -> None:
    guarded, wrong = guarded_models(), []
    for path in modules_of_the_product():
        role = _parts(path)[2].removesuffix(".py") if app_of(path) else ""
        if role not in ("views", "api", "panels"):
            continue
        for function in (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                read = _guarded_read(node, guarded)
                if read and f"{shown(path)}:{function.name}" not in READ_PLAINLY:
                    wrong.append(f"{shown(path, node.lineno)} {function.name}: {read}")
    assert not wrong


def _guarded_read(node: ast.AST, guarded: set[str]) -> str | None:
    """Party.objects.filter, where that is not visible_to; None for anything else."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Attribute):
        return None
    manager, model = node.value.attr, node.value.value
    if manager not in ("objects", "_default_manager") or not isinstance(model, ast.Name):
        return None
    return f"{model.id}.objects.{node.attr}" if model.id in guarded and node.attr != "visible_to" else None


def test_nothing_from_a_request_becomes_a_keyword() -> None:
    wrong = []
    for path in modules_of_the_product():
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in ("extra", "raw") and _model_behind(node.func.value):
                wrong.append(shown(path, node.lineno))
            for keyword in node.keywords:
                if keyword.arg is None and re.search(r"request\.(GET|POST)|\.query_params", ast.unparse(keyword.value)):
                    wrong.append(shown(path, node.lineno))
    assert not wrong


# --- doors --------------------------------------------------------------------------------------------------


def routes(found: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with something in place of its parameters, and its pattern."""
    for pattern in found if found is not None else get_resolver().url_patterns:
        written = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, written)
        else:
            yield "/" + _filled(written), pattern


def _filled(written: str) -> str:
    unknown = "01a2019c-7fd7-7c53-bc80-8be9dfea212e"
    text = re.sub(r"\(\?P<\w+>[^()]*\)", "x", written.strip("^$").replace("^", ""))
    text = re.sub(r"<uuid:\w+>", unknown, text)
    text = re.sub(r"<int:\w+>", "1", text)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: unknown if m[1].endswith("_id") else "x", text)


def test_every_route_refuses_the_anonymous(world: World) -> None:
    client, open_doors = Client(raise_request_exception=False), []
    for address, _pattern in routes():
        if address in PUBLIC:
            continue
        for kept_limits in caches.all(initialized_only=True):  # limits of the anonymous would answer for the door
            kept_limits.clear()
        for method in ("get", "post", "patch", "put", "delete"):
            response = (
                getattr(client, method)(address, content_type="application/json")
                if method != "get"
                else client.get(address)
            )
            to_the_door = response.status_code == 302 and response["Location"].startswith("/login")
            if not (to_the_door or response.status_code in (401, 405)):
                open_doors.append(f"{method.upper()} {address}: {response.status_code}")
    assert not open_doors


def test_every_public_route_exists() -> None:
    there = {address for address, _pattern in routes()}
    gone = {address for address in PUBLIC if address not in there} - {"/metrics", "/start"}
    assert not gone


def test_htmx_of_the_anonymous_is_sent_to_the_door_as_a_whole(world: World) -> None:
    response = Client().get("/parties", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (401, "/login")


# --- modules and functions ----------------------------------------------------------------------------------


def test_every_module_opens_with_a_sentence() -> None:
    wrong = []
    for path in modules_of_the_product():
        said = (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0].replace("\n", " ").strip()
        if len(said.split()) < 2 or not said.endswith((".", "?", "*", ":")):
            wrong.append(f"{shown(path)}: {said!r}")
    assert not wrong


def test_an_app_is_introduced_without_imports() -> None:
    wrong = []
    for path in PACKAGE.glob("*/*/__init__.py"):
        if app_of(path) and len(tree_of(path).body) > 1:
            wrong.append(shown(path))
    assert not wrong


def test_files_and_functions_stay_short() -> None:
    files, functions, long = [], [], []
    for path in modules_of_the_product():
        size = len(path.read_text(encoding="utf-8").splitlines())
        files.append(size)
        if size > 400:
            long.append(f"{shown(path)}: {size} lines")
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.append(_lines(node))
                if _lines(node) > 50:
                    long.append(f"{shown(path, node.lineno)} {node.name}: {_lines(node)} lines")
    print(f"p90: files {_p90(files)} lines, functions {_p90(functions)} lines")
    assert not long
    assert _p90(files) <= 160, "files grow: split by noun"
    assert _p90(functions) <= 25, "functions grow: name their parts"


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How long a function is, without what it says of itself."""
    first = node.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    words = (first.end_lineno or first.lineno) - first.lineno + 1 if said else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - words


def _p90(sizes: list[int]) -> int:
    return sorted(sizes)[int(len(sizes) * 0.9)]


def test_no_concept_hides_in_a_drawer() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "misc", "base_utils", "signals"}
    assert not [
        shown(path)
        for path in modules_of_the_product()
        if drawers & {part.removesuffix(".py") for part in _parts(path)}
    ]


def test_public_functions_say_what_they_do() -> None:
    """Services and queries are what other topics read first."""
    silent = []
    for path in modules_of_the_product():
        role = _parts(path)[2].removesuffix(".py") if app_of(path) else ""
        if role not in ("services", "queries", "events", "rules"):
            continue
        for node in tree_of(path).body:
            offered = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if offered and not ast.get_docstring(node):
                silent.append(f"{shown(path, node.lineno)} {node.name}")
    assert not silent


def test_a_todo_names_an_issue() -> None:
    loose = []
    for path in modules_of_the_product():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(r"#.*\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d+)", line):
                loose.append(shown(path, number))
    assert not loose


def test_verbs_read_the_clock_of_the_house() -> None:
    """A settable clock tells history only if nobody looks at another one."""
    wrong = []
    for path in modules_of_the_product():
        role = _parts(path)[2].removesuffix(".py") if app_of(path) else ""
        if role != "services" or app_of(path) in ("foundation.push", "foundation.jobs", "foundation.events"):
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("timezone.now", "datetime.now", "date.today"):
                wrong.append(shown(path, node.lineno))
    assert not wrong


# --- templates ----------------------------------------------------------------------------------------------


FORBIDDEN_IN_TEMPLATES = {
    "an unescaped value": re.compile(r"\|\s*(safe|safeseq)\b|autoescape\s+off"),
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "evaluated htmx": re.compile(r"\bhx-(on|vals\s*=\s*[\"']js:)", re.IGNORECASE),
}


@pytest.mark.parametrize("what", FORBIDDEN_IN_TEMPLATES)
def test_templates_hold_no(what: str) -> None:
    wrong = [
        shown(path) for path in templates() if FORBIDDEN_IN_TEMPLATES[what].search(path.read_text(encoding="utf-8"))
    ]
    assert not wrong


def test_no_code_marks_text_as_safe() -> None:
    wrong = []
    for path in modules_of_the_product():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "mark_safe",
                "SafeString",
                "safestring.mark_safe",
            ):
                wrong.append(shown(path, node.lineno))
    assert not wrong


def test_every_form_that_changes_something_carries_its_token() -> None:
    wrong = []
    for path in templates():
        for form in re.finditer(r"<form\b.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL | re.IGNORECASE):
            opening = form.group().split(">", 1)[0]
            if re.search(r"method\s*=\s*[\"']post", opening, re.IGNORECASE) and "{% csrf_token %}" not in form.group():
                wrong.append(shown(path))
    assert not wrong


def test_every_partial_declares_its_variables() -> None:
    wrong = [
        shown(path)
        for path in templates()
        if path.name.startswith("_") and not path.read_text(encoding="utf-8").startswith("{#")
    ]
    assert not wrong


def test_a_link_that_opens_a_window_keeps_us_out_of_it() -> None:
    wrong = []
    for path in templates():
        for link in re.finditer(r"<a\b[^>]*target=[\"']_blank[^>]*>", path.read_text(encoding="utf-8")):
            if "noopener" not in link.group():
                wrong.append(shown(path))
    assert not wrong


# --- rights -------------------------------------------------------------------------------------------------


def test_every_access_object_is_in_the_visibility_matrix() -> None:
    from filo.foundation.access.objects import declared
    from filo.testing.matrix import OBJECTS

    assert {found.code for found in declared()} == set(OBJECTS)


def test_every_ready_role_knows_every_object() -> None:
    """A role that is not named in an object's `ready` may do nothing with it; the name must at least be right."""
    from filo.foundation.access.objects import READY_ROLES, Scope, declared

    for found in declared():
        assert set(found.ready) <= set(READY_ROLES), found.code
        assert set(found.ready_masks) <= set(READY_ROLES), found.code
        assert {name for names in found.ready_masks.values() for name in names} <= set(found.maskable), found.code
        for actions in found.ready.values():
            assert all(word == "wide" or word.upper() in Scope.__members__ for word in actions.values()), found.code


def test_every_module_can_be_imported_by_itself() -> None:
    for module in MODULES:
        assert import_module(module).__doc__
