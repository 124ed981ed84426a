from .asking import ask as ask
from .faults import fault_page as fault_page
from .files import StaticFile as StaticFile, static_files as static_files
from .frame import AS_OF as AS_OF, Frame as Frame, read_day as read_day
from .making import PAGES as PAGES, make_page as make_page
