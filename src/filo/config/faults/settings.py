"""The settings of a tree under test: those of the product, and the jobs that misbehave when they are told to."""

from __future__ import annotations

import os
from pathlib import Path

from filo.config.faults.shifted import shift_by
from filo.config.settings import *  # noqa: F403
from filo.config.settings import INSTALLED_APPS as PRODUCT

INSTALLED_APPS = [*PRODUCT, "filo.config.faults"]
if place := os.environ.get("FAULTS_CLOCK"):
    shift_by(Path(place))
