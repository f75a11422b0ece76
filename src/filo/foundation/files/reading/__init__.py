"""What a file says, read in a process of its own: a module for each kind. Nothing here knows Django."""
