"""Products out of files: lists of one's own, exports of shops."""
