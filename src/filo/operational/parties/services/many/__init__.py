"""One act on many parties: chosen, previewed, done in chunks by a job, and taken back."""
