"""Careloop: after-sales service for equipment makers, as one closed loop."""

__version__ = "0.1.0"
