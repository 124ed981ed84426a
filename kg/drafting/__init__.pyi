from .amounts import Amount as Amount, find_amounts as find_amounts
from .choice import ModelChoice as ModelChoice
from .days import Period as Period, find_periods as find_periods
from .documents import (
    Paper as Paper,
    Particulars as Particulars,
    read_paper as read_paper,
    read_published as read_published,
)
from .drafter import Draft as Draft, Drafter as Drafter
from .grammar import propose as propose
from .inputs import find_inputs as find_inputs, load_input as load_input
from .known import (
    Ambiguity as Ambiguity,
    FoundThings as FoundThings,
    KnownThings as KnownThings,
    Mention as Mention,
)
from .merging import merge_proposals as merge_proposals
from .model import propose_by_model as propose_by_model
from .proposals import Proposal as Proposal
from .proposing import propose_all as propose_all
from .refusals import (
    Refusal as Refusal,
    Sifted as Sifted,
    sift as sift,
    tell_refused as tell_refused,
)
from .sections import (
    TextSection as TextSection,
    find_sections as find_sections,
    section_at as section_at,
)
