"""Devices by serial number."""
