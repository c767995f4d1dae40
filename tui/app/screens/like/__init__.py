"""More like this: passages that resemble what is coded, and what can be done with them."""
