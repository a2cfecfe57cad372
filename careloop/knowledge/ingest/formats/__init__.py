"""One reader for each format: bytes to a manuscript."""
