"""How deals are shown."""
