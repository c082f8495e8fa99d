"""The committee's workbook: theme, tables, charts, sheets and the last pass over the archive."""
