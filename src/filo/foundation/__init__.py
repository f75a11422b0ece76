"""What at least two layers stand on: organisation, access, accounts, events, jobs, search, pages."""
