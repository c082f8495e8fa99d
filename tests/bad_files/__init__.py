"""Bad files: each case of the reliability page, made by a script, with the answer it must get."""
