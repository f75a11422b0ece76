"""What customers bought before Filo or beside it: orders of other programs, kept as they were."""
