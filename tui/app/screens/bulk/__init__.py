"""Acts on many passages: what they would do, and how far they have come."""
