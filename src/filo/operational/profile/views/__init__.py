"""Pages of profiles: on the card, and the kinds in the settings."""
