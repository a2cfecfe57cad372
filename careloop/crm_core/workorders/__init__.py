"""Visits: one appointment of an engineer for a ticket, from the plan to the signed report."""
