"""The verbs, one module each, imported when that verb runs."""
