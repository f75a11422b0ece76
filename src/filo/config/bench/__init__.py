"""How fast Filo is: data in quantity, load with rights and audit on, and the plans of the hot queries."""
