"""Lists taken out as files, with progress, limits and a trace; and everything that is held about one person."""
