"""What was promised: the plans, their schema, and the assessment of their goals."""
