"""One declared language that narrows lists: names, operators, and, or, not."""
