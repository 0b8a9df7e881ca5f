"""Into triple stores: whole graphs, replaced at once, by SPARQL 1.1 Protocol and Graph Store HTTP Protocol."""
