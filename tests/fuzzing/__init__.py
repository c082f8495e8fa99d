"""Files and values nobody thought of: what is fed to the readers, and what must hold whatever it is."""
