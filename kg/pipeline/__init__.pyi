from .building import (
    Build as Build,
    RecordedGraph as RecordedGraph,
    build as build,
    ontology_quads as ontology_quads,
    shipped_files as shipped_files,
)
from .change_examined import examine_change as examine_change
from .checking import check as check, preview as preview
from .checking_beside import check_beside as check_beside
from .derivation_there import DerivedCount as DerivedCount, derive_there as derive_there
from .history import as_of as as_of
from .proposed import Proposed as Proposed
from .rebuilding import LITTLE as LITTLE, Rebuilt as Rebuilt, rebuilt as rebuilt
from .shapes import find_shapes as find_shapes
from .spark_build import BuiltParts as BuiltParts, build_parts as build_parts
from .streaming import build_aside as build_aside
