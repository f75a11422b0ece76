"""Print a template with data.

A template lies in its own app and begins with `#import "/letter.typ": *`; it reads `data`, which is what was handed
in, as JSON. It is printed in a folder of its own that holds nothing else, and can fetch nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LETTER = Path(__file__).with_name("letter.typ")


def printed(template: Path, data: Mapping[str, Any], *, images: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF (PDF/A-2b) of a template with its data; `images` maps names as `logo.png` to what they hold.

    Sums, numbers and days have to be written out already, in the reader's language. Raises `ValueError` if the
    template does not hold together, or an image is none.
    """
    import typst  # large: loaded by the process that prints, when it first does

    with tempfile.TemporaryDirectory(prefix="filo-paper-") as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes(template.read_bytes())
        (folder / "letter.typ").write_bytes(LETTER.read_bytes())
        for image, content in (images or {}).items():
            (folder / Path(image).name).write_bytes(content)
        told = {"data": json.dumps({**data, "images": sorted(images or ())}, default=str)}
        try:
            made = typst.compile(
                str(folder / "main.typ"),
                root=name,
                sys_inputs=told,
                format="pdf",
                pdf_standards="a-2b",
                ignore_system_fonts=True,
            )
        except RuntimeError as error:
            raise ValueError(str(error)) from error
    if not isinstance(made, bytes):
        raise TypeError("one template makes one document")
    return made
