"""The sheets, one module a sheet or a small group of them."""
