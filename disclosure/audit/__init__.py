"""Proof that hidden figures stay hidden: what a reader who solves every relation at once still has to believe possible."""
