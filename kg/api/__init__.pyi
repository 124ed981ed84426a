from .building import (
    build as build,
    build_in_parts as build_in_parts,
    check as check,
    derive_at as derive_at,
)
from .cache import (
    forget_store as forget_store,
    kept_folder as kept_folder,
    shipped_graph as shipped_graph,
)
from .consistency import check_publication as check_publication
from .health import Health as Health, examine as examine, write_health as write_health
from .publication import Publication as Publication, publish as publish
from .reviewing import Preview as Preview, preview_proposals as preview_proposals
from .session import ReviewSession as ReviewSession
from .streaming import build_store as build_store
