"""Chats as their two sides see them, and who is there to take them."""
