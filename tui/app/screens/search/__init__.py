"""The search: its page, its list of hits, and what can be done with them."""
