"""How people are held: person blocks, their store, and engines that map a function over them."""
