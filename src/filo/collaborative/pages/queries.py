"""Which page is public, and what of it."""

from __future__ import annotations

from uuid import UUID

from filo.collaborative.pages.models import Page, PagePicture, PageVersion
from filo.foundation.errors import NotFound

MOST_VERSIONS = 50


def public_page(slug: str) -> PageVersion:
    """The page as it is public today. Raises `NotFound`."""
    page = Page.objects.filter(slug=slug).first()
    if page is None or not page.is_shown:
        raise NotFound
    return _live(page)


def home_page(slug: str) -> PageVersion | None:
    """The page of a home, where one is public today."""
    page = Page.objects.filter(slug=slug).first()
    return _live(page) if page is not None and page.is_shown else None


def page_of(page_id: UUID) -> Page:
    """The page with this id. Raises `NotFound`."""
    found = Page.objects.filter(pk=page_id).first()
    if found is None:
        raise NotFound
    return found


def versions_of(page: Page) -> list[PageVersion]:
    """As it was published, the latest first."""
    return list(PageVersion.objects.filter(page=page).select_related("by")[:MOST_VERSIONS])


def public_picture(picture_id: UUID) -> PagePicture:
    """A picture that stands on what is public today. Raises `NotFound`."""
    found = PagePicture.objects.select_related("file", "page").filter(pk=picture_id).first()
    if found is None or not found.page.is_shown:
        raise NotFound
    if not any(block.get("picture") == str(picture_id) for block in _live(found.page).blocks):
        raise NotFound
    return found


def _live(page: Page) -> PageVersion:
    return PageVersion.objects.select_related("page").get(page=page, number=page.live or 0)
