"""What Italian and European identity data look like: tax codes, contacts, places, names and titles."""
