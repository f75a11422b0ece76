"""Work that leaves the request: stored with the change, run once, seen by people."""
