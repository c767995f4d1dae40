"""qual: code qualitative data from the keyboard, in a terminal."""

__version__ = "0.1.0"
