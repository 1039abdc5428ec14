"""One widget a module; a widget draws, posts messages and knows no sibling."""
