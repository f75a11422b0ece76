"""Many customers and their operators in chats at once: how long a line takes from its receipt to the other side."""

from filo.config.bench.chatting.run import is_good, measure, told

__all__ = ["is_good", "measure", "told"]
