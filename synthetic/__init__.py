"""Made-up deliveries with a known truth."""
