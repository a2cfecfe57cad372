"""Tickets from intake to closure."""
