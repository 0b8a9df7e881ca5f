"""How well texts are read, held against annotations that people made: ``kg evaluate``."""
