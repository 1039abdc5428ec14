"""The terminal application and its command line."""
