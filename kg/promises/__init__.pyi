from .changes import judge_change as judge_change
from .claims import JUDGED_BY as JUDGED_BY
from .courses import Course as Course, Sighting as Sighting, load_courses as load_courses
from .days import first_day as first_day
from .derivation import derive_promises as derive_promises
from .gathering import JUDGED_LINKS as JUDGED_LINKS
from .grouping import gainsaid as gainsaid, group_promises as group_promises
from .judged import (
    Judged as Judged,
    chain_promises as chain_promises,
    load_promises as load_promises,
)
from .known import is_considered as is_considered
from .milestones import ENDINGS as ENDINGS
from .omitted import load_left_out as load_left_out
from .passing import pass_statements as pass_statements
from .periods import Beginning as Beginning, load_beginnings as load_beginnings
from .records import (
    PromiseRecord as PromiseRecord,
    Told as Told,
    load_records as load_records,
    outcome_of as outcome_of,
)
from .standing import Standing as Standing, load_standings as load_standings
from .statement import KINDS as KINDS, Origin as Origin, Span as Span, Statement as Statement
from .statements import (
    ORIGIN as ORIGIN,
    load_origins as load_origins,
    load_statements as load_statements,
    read_statements as read_statements,
)
from .verdicts import CONCLUSIVE as CONCLUSIVE
from .vocabulary import (
    POLICY as POLICY,
    last_published as last_published,
    load_labels as load_labels,
    load_meanings as load_meanings,
    load_ranks as load_ranks,
    load_reasons as load_reasons,
    load_symbols as load_symbols,
)
from .written import (
    JUDGED as JUDGED,
    WRITTEN as WRITTEN,
    is_judged as is_judged,
    is_told_already as is_told_already,
)
