"""The screen of the design: the list, the article, the inspector; one module a topic."""

from tui.screens.main.screen import MainScreen

__all__ = ["MainScreen"]
