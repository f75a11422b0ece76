"""The verbs about parties; each module is one family."""
