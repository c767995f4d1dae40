"""What marks a file as a project of this program."""

APPLICATION_ID = 0x7175616C
"""The letters ``qual``, in the header of every project file."""

SCHEMA_VERSION = 6
"""Number of the newest schema; mirrored in ``PRAGMA user_version`` for readers in a hurry."""
