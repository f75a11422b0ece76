"""The router that all of it is mounted on."""

from ninja import Router

router = Router(tags=["trees"])
