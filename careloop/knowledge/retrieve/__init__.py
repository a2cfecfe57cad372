"""From a question to ranked passages. Pure, no database."""
