"""What may leave: counts as cells and relations, and which of them stay hidden."""
