"""The finished files as a stranger reads them."""
