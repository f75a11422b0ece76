"""The one router of conversations: an address that is read and written must be of one router."""

from ninja import Router

router = Router(tags=["conversations"])
