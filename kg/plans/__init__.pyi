from .about import about_data as about_data
from .network import project_network as project_network
from .plan import Plan as Plan
from .sentences import Words as Words
from .telling import tell_statements as tell_statements
from .timeline import plan_timeline as plan_timeline
