"""The file that `lemmata new-claim` writes."""
