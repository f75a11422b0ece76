"""Pages about checks at VIES."""
