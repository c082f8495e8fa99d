"""What is counted: the catalogue, and pure functions over a block of people."""
