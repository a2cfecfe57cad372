"""Master data from CSV and XLSX files."""
