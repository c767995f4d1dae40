"""The memo editor: its box, its drafts, its links."""
