"""What was printed: reading files, house styles, the model, mentions, the catalogue."""
