from .about import about_data as about_data
from .charts import draw_charts as draw_charts
from .courses import draw_courses as draw_courses, sign_of as sign_of
from .forecasts import draw_forecasts as draw_forecasts, spell_period as spell_period
from .network import project_network as project_network
from .plain import plain as plain
from .plan import Plan as Plan
from .sentences import WORDED as WORDED, Words as Words
from .spelling import (
    spell_day as spell_day,
    spell_number as spell_number,
    spell_per_cent as spell_per_cent,
    spell_way as spell_way,
)
from .telling import tell_statements as tell_statements
from .timeline import plan_timeline as plan_timeline
from .whereabouts import MapSpot as MapSpot, locate_things as locate_things
