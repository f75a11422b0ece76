"""The shop assistant: it knows what a customer asked, asks what is missing, and proposes what suits him, and why."""
