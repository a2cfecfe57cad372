"""What service costs, what is charged for it, and who bears it."""
