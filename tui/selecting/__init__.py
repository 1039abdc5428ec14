"""Selecting in a text: its units, and what is chosen of it. Plain Python, no Textual."""
