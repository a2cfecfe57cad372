"""Product models, parts and parts lists."""
