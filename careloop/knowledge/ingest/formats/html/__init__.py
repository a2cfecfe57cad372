"""Web pages: the main content, its tables, questions and notes to a manuscript."""
