"""The terminal app: the only part that imports Textual."""

import os

# Textual paints at the next tick of a clock: at its 60 ticks a second a key waits 8 ms for nothing.
# It reads this once, when it is imported.
os.environ.setdefault("TEXTUAL_FPS", "240")
