from .building import Build as Build, build as build, check as check, shipped_files as shipped_files
from .history import as_of as as_of
