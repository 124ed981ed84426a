from .amounts import Amount as Amount, find_amounts as find_amounts
from .days import Period as Period, find_periods as find_periods
from .documents import Paper as Paper
from .grammar import propose as propose
from .language import LanguageError as LanguageError, languages as languages
from .proposals import Proposal as Proposal
from .said import is_said as is_said
