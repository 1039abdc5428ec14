"""House styles as data, and choosing the one that fits."""

from bulletins.styles.loading import load_profile, load_styles
from bulletins.styles.model import Style, StyleError, Styles

__all__ = ["Style", "StyleError", "Styles", "load_profile", "load_styles"]
