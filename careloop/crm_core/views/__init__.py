"""Saved views: named filters of a list, one's own or the team's."""
