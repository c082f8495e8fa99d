"""What exists? Dagster assets, thin around calls to the floors below."""
