"""Choosing and naming codes, by a few letters."""
