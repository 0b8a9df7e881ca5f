"""What of a graph is open, one question after the other, and what a person decides about it."""
