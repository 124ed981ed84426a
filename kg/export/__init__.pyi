from .answers import SHORT_FORMS as SHORT_FORMS, write_short as write_short
from .formats import (
    export_files as export_files,
    export_graph as export_graph,
    export_pieces as export_pieces,
    guess_format as guess_format,
)
from .manifest import MANIFEST as MANIFEST, write_manifest as write_manifest
from .rdf import write_rdf as write_rdf, write_rdf_xml as write_rdf_xml
