"""The books: who owns what, what broke, what we promised."""
