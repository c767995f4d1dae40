"""The page of agreement: how far two coders agree, and what is decided about it."""
