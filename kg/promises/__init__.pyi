from .derivation import derive_promises as derive_promises
from .grouping import gainsaid as gainsaid, group_promises as group_promises
from .judged import (
    Judged as Judged,
    chain_promises as chain_promises,
    load_promises as load_promises,
)
from .statements import (
    KINDS as KINDS,
    Origin as Origin,
    Span as Span,
    Statement as Statement,
    load_labels as load_labels,
    load_origins as load_origins,
    load_ranks as load_ranks,
    load_statements as load_statements,
    load_symbols as load_symbols,
)
from .verdicts import CONCLUSIVE as CONCLUSIVE
