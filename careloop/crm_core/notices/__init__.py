"""Notices for members of staff."""
