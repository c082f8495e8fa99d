"""The set as one page for a browser, made of the same outlines as the workbook."""
