"""Stock locations and balances."""
