"""Many customers and their operators in chats at once: how long a line takes from its receipt to the other side."""
