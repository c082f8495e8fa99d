"""XLSX: a workbook delivered, from the archive to rows of cells (ADR 0019)."""
