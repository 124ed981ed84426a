from .building import build as build, check as check
from .cache import shipped_graph as shipped_graph
from .consistency import check_publication as check_publication
from .publication import Publication as Publication, publish as publish
