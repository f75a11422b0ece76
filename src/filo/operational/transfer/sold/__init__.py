"""What was sold before: the lines of orders or invoices that other programs wrote, out of files."""
