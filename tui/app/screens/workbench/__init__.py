"""The workbench: its screen, its rows and keys, and what opens over it while one codes."""
