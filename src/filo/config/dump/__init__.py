"""Everything as plain, documented files that no engine is needed to read, and from which all can be made again."""
