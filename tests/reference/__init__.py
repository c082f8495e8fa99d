"""The slow reference: every figure once more, person by person, by somebody else."""
