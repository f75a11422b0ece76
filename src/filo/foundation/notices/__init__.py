"""What people are told: one centre, by the channels and at the hours they choose; who is here now."""
