"""What must be true of a delivery: one contract a source, and the checks made from it."""
