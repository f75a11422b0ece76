"""Who connects our calls: a folder a kind, found by its name. No database in here."""
