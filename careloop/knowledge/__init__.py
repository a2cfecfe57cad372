"""The library: what the makers know, compiled when published, found in milliseconds."""
