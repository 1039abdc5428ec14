"""The main screen and its dialogs, one a module."""
