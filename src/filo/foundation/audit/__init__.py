"""What was changed, by whom, when and through which door."""
