"""What templates of invoices say in their own words."""
