"""The kept-registers workbook that the office fills in, made from the contract `registers`."""
