"""Schema changes, oldest first; each is a list of statements under a name that never changes."""
