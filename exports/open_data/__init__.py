"""The analyst's data described: Frictionless, CSVW and DCAT-AP-DK, all made of one description a file."""
