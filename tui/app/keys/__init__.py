"""Keys as the coder sets them: names, keyboard layouts, presets, and what may stand together."""
