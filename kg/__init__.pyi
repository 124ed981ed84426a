from .api import build as build, check as check
from .base import KgError as KgError
from .formats import import_files as import_files
from .graph import Graph as Graph, open as open  # noqa: A004 - kg.open reads as it should
from .query import Answer as Answer, View as View
from .reports import diff as diff
