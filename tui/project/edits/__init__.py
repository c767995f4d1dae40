"""The acts: every kind of change that can be made to a project, one file per family."""
