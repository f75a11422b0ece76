"""Files that people send and attach: each content once on the disk, under its hash."""
