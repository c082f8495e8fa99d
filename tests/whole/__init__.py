"""The whole path, judged from outside: figures, faults, secrets."""
