"""SQLite with a queue: who writes in one process waits in a line, and nobody is passed over."""
