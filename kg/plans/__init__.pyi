from .network import project_network as project_network
from .plan import Plan as Plan
from .promise_triples import derive_promises as derive_promises
from .sentences import Words as Words
from .statements import (
    KINDS as KINDS,
    Span as Span,
    Statement as Statement,
    load_statements as load_statements,
)
from .timeline import plan_timeline as plan_timeline
