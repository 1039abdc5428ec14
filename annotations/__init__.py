"""What the reader adds: tags, notes, stars and states, kept safe and exported."""
