from .building import (
    Build as Build,
    RecordedGraph as RecordedGraph,
    build as build,
    check as check,
    shipped_files as shipped_files,
)
from .history import as_of as as_of
