"""Dagster's UI on a demonstration home, seen in a real browser."""
