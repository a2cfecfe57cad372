"""The chat on the maker's own site."""
