"""Conversations with customers, whatever the channel: what came in, what was answered, who looks after it."""
