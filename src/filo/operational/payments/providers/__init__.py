"""Who passes money on to us: a folder a kind, found by its name. No database in here."""
