"""Where sockets ask the database: two threads of their own, so that busy pages do not hold them up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")

_pool = ThreadPoolExecutor(2, thread_name_prefix="push")


async def in_thread(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """What `work` gives, done in one of the threads; a connection that the database dropped is replaced."""

    def run() -> T:
        close_old_connections()
        return work(*arguments, **named)

    return await asyncio.get_running_loop().run_in_executor(_pool, run)
