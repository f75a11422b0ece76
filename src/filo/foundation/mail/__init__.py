"""Mail that leaves the house, or is kept as a file when no server is set."""
