"""A file as an answer to a browser: it is looked at or kept, and can do nothing on our pages."""

from __future__ import annotations

from django.http import FileResponse  # noqa: TID251  (every door hands files out in the same way)

from filo.foundation.files.models import StoredFile
from filo.foundation.files.queries import path_of

# Pictures that hold no script. SVG, HTML and PDF are offered for keeping only.
_SIGNS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def may_be_shown(file: StoredFile) -> bool:
    """Whether a page may show it: a picture by its word and by its first bytes. Raises `FileGone`."""
    signs = _SIGNS.get(file.media_type)
    if signs is None:
        return False
    with path_of(file).open("rb") as content:
        return content.read(16).startswith(signs)


def answer_file(file: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file for keeping, or (`inline`) for looking at when it is a picture. Raises `FileGone`."""
    shown = inline and may_be_shown(file)
    response = FileResponse(
        path_of(file).open("rb"),
        as_attachment=not shown,
        filename=file.name,
        content_type=file.media_type if shown else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
