from .amounts import Amount as Amount, find_amounts as find_amounts
from .days import Period as Period, find_periods as find_periods
from .documents import Paper as Paper
from .form import write_entries as write_entries, write_source as write_source
from .formatting import format_source as format_source
from .grammar import propose as propose
from .proposals import Proposal as Proposal
from .sections import (
    TextSection as TextSection,
    find_sections as find_sections,
    section_at as section_at,
)
from .written import (
    WrittenEntry as WrittenEntry,
    WrittenSource as WrittenSource,
    written_value as written_value,
)
