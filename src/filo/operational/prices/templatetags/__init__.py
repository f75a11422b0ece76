"""Tags of this topic."""
