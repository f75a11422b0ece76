"""Verbs about pages: begun, written block by block, published, withdrawn, and put back as they were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.collaborative.pages.asking import questions_in
from filo.collaborative.pages.blocks import AUDIENCES, HOLDS, LONGEST, MOST_BLOCKS, MOST_PRODUCTS
from filo.collaborative.pages.models import Page, PagePicture, PageVersion
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain, record
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.files.services import store_file
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.ids import uuid7
from filo.operational.profile.services.kinds import kind_coded
from filo.operational.profile.values import clean_value

Block = dict[str, Any]
PICTURES = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8", "image/webp": b"RIFF"}
LARGEST = 5 * 1024 * 1024
DAYS = ("from_day", "until_day")


def keep_page(
    principal: Principal,
    page: Page | None,
    *,
    slug: str,
    title_it: str,
    title_en: str = "",
    from_day: date | None = None,
    until_day: date | None = None,
    version: int | None = None,
) -> Page:
    """Begin a page, or change its name and its days. Raises `Forbidden`, `InvalidFields`, and `Stale` when it was
    changed since the `version` that the writer had read.
    """
    principal.require("settings", "edit")
    slug = slugify(slug)[:60]
    problems = {}
    if not title_it.strip():
        problems["title_it"] = _("It needs a name.")
    if not slug or Page.objects.filter(slug=slug).exclude(pk__in=[page.pk] if page else []).exists():
        problems["slug"] = _("Choose an address that no other page has.")
    if from_day and until_day and until_day < from_day:
        problems["until_day"] = _("It ends before it begins.")
    if problems:
        raise InvalidFields(problems)
    wanted: dict[str, Any] = {"slug": slug, "title_it": clean_line(title_it, max_length=120)}
    wanted |= {"title_en": clean_line(title_en, max_length=120), "from_day": from_day, "until_day": until_day}
    if page is not None:
        return _change(principal, page, wanted, what="edit", version=version)
    with transaction.atomic():
        found = Page.objects.create(changed_at=clock.now(), **wanted)
        record(principal, "page.add", kind="page", object_id=found.pk, changes={"slug": (None, slug)})
    return found


def put_block(
    principal: Principal,
    page: Page,
    kind: str,
    facts: Mapping[str, Any],
    *,
    block: str = "",
    version: int | None = None,
) -> Page:
    """Add a block at the end, or (with its id) change one. Raises as `keep_page`, and `NotFound`."""
    principal.require("settings", "edit")
    clean = _clean(page, kind, facts)
    with transaction.atomic():
        blocks = list(Page.objects.select_for_update().get(pk=page.pk).blocks)
        if block:
            place = _place(blocks, block)
            blocks[place] = blocks[place] | clean
        elif len(blocks) >= MOST_BLOCKS:
            raise InvalidFields({"it": _("At most %(n)s blocks stand on a page.") % {"n": MOST_BLOCKS}})
        else:
            blocks.append({"id": uuid7().hex, "kind": kind, **clean})
        return _change(principal, page, {"blocks": blocks}, what="block", version=version)


def move_block(principal: Principal, page: Page, block: str, *, to: int) -> Page:
    """Put a block at a place, counted from 0; beyond the ends it is the end. Raises `Forbidden`, `NotFound`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        blocks = list(Page.objects.select_for_update().get(pk=page.pk).blocks)
        moved = blocks.pop(_place(blocks, block))
        blocks.insert(max(0, min(to, len(blocks))), moved)
        return _change(principal, page, {"blocks": blocks}, what="order")


def remove_block(principal: Principal, page: Page, block: str) -> Page:
    """Take a block away. Raises `Forbidden`, `NotFound`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        blocks = list(Page.objects.select_for_update().get(pk=page.pk).blocks)
        del blocks[_place(blocks, block)]
        return _change(principal, page, {"blocks": blocks}, what="block")


def add_picture(principal: Principal, page: Page, data: bytes, *, name: str, media_type: str) -> PagePicture:
    """Keep a picture (PNG, JPEG, GIF or WebP, 5 MB at most). Raises `Forbidden`, `InvalidFields`."""
    principal.require("settings", "edit")
    sign = PICTURES.get(media_type)
    if sign is None or not data.startswith(sign) or len(data) > LARGEST:
        raise InvalidFields({"upload": _("Choose a picture (PNG, JPEG, GIF or WebP) of 5 MB at most.")})
    with transaction.atomic():
        file = store_file(data, name=name, media_type=media_type)
        return PagePicture.objects.create(page=page, file=file)


def publish_page(principal: Principal, page: Page) -> Page:
    """What is written is public from now on, in the days that it has. Raises `Forbidden`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        last = locked.versions.first()
        PageVersion.objects.create(
            page=locked,
            number=last.number + 1 if last else 1,
            title_it=locked.title_it,
            title_en=locked.title_en,
            blocks=locked.blocks,
            at=clock.now(),
            by_id=principal.user_id,
        )
        return _change(principal, locked, {"live": last.number + 1 if last else 1}, what="publish")


def withdraw_page(principal: Principal, page: Page) -> Page:
    """Nobody sees it any more; what is written stays. Raises `Forbidden`."""
    principal.require("settings", "edit")
    return _change(principal, page, {"live": None}, what="withdraw")


def write_as_in(principal: Principal, page: Page, number: int) -> Page:
    """Write it again as a version was; it is public when it is published. Raises `Forbidden`, `NotFound`."""
    principal.require("settings", "edit")
    version = page.versions.filter(number=number).first()
    if version is None:
        raise NotFound
    wanted = {"blocks": version.blocks, "title_it": version.title_it, "title_en": version.title_en}
    return _change(principal, page, wanted, what="block")


def register_undo() -> None:
    """Called once, when the program starts."""
    for what in ("edit", "block", "order", "publish", "withdraw"):
        undo_with("page", f"page.{what}", _put_back)


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    principal.require("settings", "edit")
    page = Page.objects.filter(pk=entry.object_id).first()
    if page is None:
        raise NotFound
    free, since = still_there(values, plain({name: getattr(page, name) for name in values}))
    days = {name: date.fromisoformat(free[name]) for name in DAYS if free.get(name)}
    refused = _in_the_way(page, free | days)
    wanted = {name: value for name, value in (free | days).items() if name not in refused}
    if wanted:
        _change(principal, page, wanted, what=entry.action.removeprefix("page."))
    return PutBack(wanted, since, refused)


def _in_the_way(page: Page, wanted: Mapping[str, Any]) -> dict[str, str]:
    """What cannot be put back as it was, each with the reason: its address is another page's, its days do not fit."""
    refused = {}
    if "slug" in wanted and Page.objects.filter(slug=wanted["slug"]).exclude(pk=page.pk).exists():
        refused["slug"] = _("Another page has this address now.")
    first, last = (wanted.get(name, getattr(page, name)) for name in DAYS)
    if first and last and last < first:
        refused |= {name: _("It ends before it begins.") for name in DAYS if name in wanted}
    return refused


def _change(
    principal: Principal, page: Page, wanted: Mapping[str, Any], *, what: str, version: int | None = None
) -> Page:
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        changes = {name: (getattr(locked, name), value) for name, value in wanted.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if not changes:
            return locked
        if version is not None and version != locked.version:
            raise Stale(changes, version=locked.version)
        for name in changes:
            setattr(locked, name, wanted[name])
        locked.version, locked.changed_at = locked.version + 1, clock.now()
        locked.save()
        record(principal, f"page.{what}", kind="page", object_id=locked.pk, changes=changes)
    return locked


def _place(blocks: list[Block], block: str) -> int:
    for place, found in enumerate(blocks):
        if found["id"] == block:
            return place
    raise NotFound


def _clean(page: Page, kind: str, facts: Mapping[str, Any]) -> Block:
    if kind not in HOLDS:
        raise NotFound
    found: Block = {name: clean_text(str(facts.get(name) or ""), max_length=LONGEST) for name in HOLDS[kind]}
    problems: dict[str, Any] = {}
    if not found["it"].strip():
        problems["it"] = _("Write it in Italian at least; for a picture, what can be seen on it.")
    if kind == "products":
        most = str(facts.get("most") or "6")
        if not (most.isascii() and most.isdigit() and 1 <= int(most) <= MOST_PRODUCTS):
            problems["most"] = _("From 1 to %(n)s products.") % {"n": MOST_PRODUCTS}
        else:
            found["most"] = int(most)
    if kind == "banner" and found["audience"] not in dict(AUDIENCES):
        problems["audience"] = _("Choose one of these.")
    if kind == "banner" and found["trait"]:
        found["value"] = _as_kept(found, problems)
    if kind == "picture" and not _is_here(page, found["picture"]):
        problems["upload"] = _("Choose a picture (PNG, JPEG, GIF or WebP) of 5 MB at most.")
    if kind == "form":
        problems |= _asked_wrongly(found)
    if problems:
        raise InvalidFields(problems)
    return found


def _asked_wrongly(form: Block) -> dict[str, Any]:
    """What is wrong with the questions of a form: in English they are the same as in Italian, or there are none."""
    problems, read = {}, {}
    for name in ("ask_it", "ask_en"):
        try:
            read[name] = [one.kind for one in questions_in(form[name])]
        except ValueError as error:
            problems[name] = str(error)
    if not problems and read["ask_en"] and read["ask_en"] != read["ask_it"]:
        problems["ask_en"] = _("The same questions as in Italian, line by line, with the same signs.")
    return problems


def _as_kept(banner: Block, problems: dict[str, Any]) -> str:
    """What a banner is about as the profile keeps it: what is typed there is read as people say it."""
    try:
        return clean_value(kind_coded(banner["trait"]), banner["value"])
    except InvalidFields as error:
        problems |= {"trait" if name == "kind" else name: sentences for name, sentences in error.fields.items()}
        return str(banner["value"])


def _is_here(page: Page, picture: str) -> bool:
    try:
        return page.pictures.filter(pk=UUID(picture)).exists()
    except ValueError:
        return False
