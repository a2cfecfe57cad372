"""From files to compiled passages. Pure, no database."""
