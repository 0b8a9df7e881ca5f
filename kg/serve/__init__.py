"""A graph on the web: a SPARQL 1.1 endpoint, an explorer and a reconciliation service on one address.

The process that listens holds no graph. A keeper process opens it once and forks the workers, which answer one request
at a time and can be killed: pyoxigraph knows neither time limits nor cancellation.
"""
