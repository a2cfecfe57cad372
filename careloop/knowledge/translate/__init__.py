"""Translations of articles: made by a port, checked by code, published by people."""
