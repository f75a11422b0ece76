"""What tests share: the small named world, query budgets, clients."""
