"""Notes, once a request for a page, up to which message this page is fresh."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from filo.foundation.push.queries import latest_id

Handler = Callable[[HttpRequest], HttpResponse]


def since(get_response: Handler) -> Handler:
    """Sets `request.push_since` for <meta name="filo-since">.

    It is read before anything that the page shows, so that the page hears of every change made since, and of
    none that it shows already.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if _is_whole_page(request):
            request.push_since = latest_id()  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def _is_whole_page(request: HttpRequest) -> bool:
    if request.path.startswith("/p/"):  # what is public hears of nothing
        return False
    asks = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    return asks and "HX-Request" not in request.headers and settings.SESSION_COOKIE_NAME in request.COOKIES
