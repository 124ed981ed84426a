from .card import make_card as make_card
from .comparison import diff as diff
from .difference import Difference as Difference
from .findings import write_report as write_report
from .stats import count_figures as count_figures
from .teller import Teller as Teller
from .verification import Check as Check, digest as digest, normalise as normalise, verify as verify
