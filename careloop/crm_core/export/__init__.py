"""The books as tables: CSV and XLSX, streamed."""
