"""A foreign inbox: deliveries as other houses would write them, from the interface page alone."""
