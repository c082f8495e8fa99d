"""CSV: what kind of text a file is, its header, and its rows."""
