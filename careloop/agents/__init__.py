"""The mind: reads, decides, writes; acts only through tools."""
