"""The kept-registers workbook: handed out, filled in, read back."""
