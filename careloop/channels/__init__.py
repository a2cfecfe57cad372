"""Ears and mouth: adapters to the places where customers write."""
