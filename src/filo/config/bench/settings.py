"""The settings of a tree under load: those of the product, and the tiny job whose rate is measured."""

from __future__ import annotations

from filo.config.settings import *  # noqa: F403
from filo.config.settings import INSTALLED_APPS as PRODUCT

INSTALLED_APPS = [*PRODUCT, "filo.config.bench"]
