"""Tags of the pages of privacy."""
