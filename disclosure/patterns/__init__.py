"""Which cells of any system of sums are hidden so that no reader gets near the small ones."""
