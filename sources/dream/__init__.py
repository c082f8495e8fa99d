"""DREAM, the wide register: its cells, the compiled loop over them, and the stored table (ADR 0021, 0027)."""
