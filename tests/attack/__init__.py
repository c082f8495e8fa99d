"""An attack on the published files by a second pair of eyes."""
