"""SPSS, Stata and SAS: read in a process of their own (ADR 0020)."""
