from .card import make_card as make_card
from .comparison import diff as diff
from .difference import Difference as Difference
from .findings import write_report as write_report
from .form import MOST_SAID as MOST_SAID, Card as Card, Line as Line, Section as Section
from .reference import write_reference as write_reference
from .source_schema import source_schema as source_schema, write_schema as write_schema
from .stats import count_figures as count_figures
from .teller import Teller as Teller
from .verification import Check as Check, verify as verify
from .wording import doubts as doubts, missing_extra as missing_extra
