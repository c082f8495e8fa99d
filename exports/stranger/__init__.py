"""The finished files as a stranger reads them: opened afresh, and every sum the published definitions imply tried on
them.
"""
