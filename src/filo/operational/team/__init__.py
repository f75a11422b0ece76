"""The day of the team: what each person did, against what was planned."""
