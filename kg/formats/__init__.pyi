from .importing import Imported as Imported, import_files as import_files
from .registry import find_format as find_format, formats as formats
