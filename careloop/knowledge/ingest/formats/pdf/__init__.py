"""PDF with a text layer or of scanned pages: from glyphs and lines to Markdown."""
