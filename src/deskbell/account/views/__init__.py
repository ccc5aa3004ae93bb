"""Pages of the account that are our own."""
