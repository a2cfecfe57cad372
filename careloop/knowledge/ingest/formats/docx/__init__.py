"""Word files: styles, numbering, running text, tables and pictures to a manuscript."""
