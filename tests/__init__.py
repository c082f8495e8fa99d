"""How do we know? Tests by the floor they look at."""
