from .faults import fault_page as fault_page
from .files import StaticFile as StaticFile, static_files as static_files
from .making import PAGES as PAGES, make_page as make_page
