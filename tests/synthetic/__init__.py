"""Tests of the made-up deliveries."""
