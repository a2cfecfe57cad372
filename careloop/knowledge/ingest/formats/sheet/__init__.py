"""Spreadsheets (.xlsx) and delimited text (.csv): the tables in them, as they are shown."""
