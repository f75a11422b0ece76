"""Raw mails for tests."""

from __future__ import annotations

import base64

HEADS = {
    "From": "Mario Rossi <mario.rossi@example.it>",
    "To": "info@aurora.example",
    "Subject": "richiesta di informazioni",
    "Date": "Sat, 16 May 2026 10:00:00 +0200",
    "Message-ID": "<1@example.it>",
}


def mail(text: str = "Buongiorno, vorrei sapere il prezzo.", **heads: str | None) -> bytes:
    """A plain mail; an underscore in a head's name stands for a hyphen, None leaves the head out."""
    named = {name.replace("_", "-"): value for name, value in heads.items()}
    lines = [f"{name}: {value}" for name, value in (HEADS | named).items() if value is not None]
    return "\r\n".join([*lines, "", *text.split("\n")]).encode("utf-8", "surrogateescape")


def with_file(name: str, data: bytes, *, kind: str = "application/pdf", text: str = "Ecco.") -> bytes:
    """A mail with one file."""
    content = base64.encodebytes(data).decode().replace("\n", "\r\n")
    body = "\n".join(
        [
            "--xx",
            "Content-Type: text/plain; charset=utf-8",
            "",
            text,
            "--xx",
            f'Content-Type: {kind}; name="{name}"',
            f'Content-Disposition: attachment; filename="{name}"',
            "Content-Transfer-Encoding: base64",
            "",
            content,
            "--xx--",
            "",
        ]
    )
    return mail(body, MIME_Version="1.0", Content_Type='multipart/mixed; boundary="xx"')


def of_parts(number: int) -> bytes:
    """A mail of so many parts."""
    parts = "\n".join(f"--xx\nContent-Type: text/plain\n\n{place}" for place in range(number))
    return mail(f"{parts}\n--xx--\n", MIME_Version="1.0", Content_Type='multipart/mixed; boundary="xx"')


def nested(depth: int) -> bytes:
    """A mail whose parts lie so deep in each other."""
    opened = "\n".join(
        f'--b{level}\nContent-Type: multipart/mixed; boundary="b{level + 1}"\n' for level in range(depth)
    )
    return mail(f"{opened}\n--b{depth}\n\nciao\n", MIME_Version="1.0", Content_Type='multipart/mixed; boundary="b0"')
