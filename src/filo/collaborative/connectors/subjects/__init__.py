"""What is exchanged with a back office: one file a subject, each a `Subject` named `SUBJECT`."""
