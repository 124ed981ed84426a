from .amounts import Amount as Amount, find_amounts as find_amounts
from .days import Period as Period, find_periods as find_periods
from .documents import Paper as Paper
from .grammar import propose as propose
from .proposals import Proposal as Proposal
from .sections import (
    TextSection as TextSection,
    find_sections as find_sections,
    section_at as section_at,
)
