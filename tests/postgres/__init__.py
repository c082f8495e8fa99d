"""A real PostgreSQL server: Dagster's storage and the published figures on it."""
