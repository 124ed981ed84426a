from .building import build as build, check as check
from .cache import shipped_graph as shipped_graph
from .publication import Publication as Publication, publish as publish
