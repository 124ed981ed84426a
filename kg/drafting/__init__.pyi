from .amounts.amounts import Amount as Amount, find_amounts as find_amounts
from .amounts.ground import is_said as is_said
from .drafter import Draft as Draft, Drafter as Drafter, has_statements as has_statements
from .files.changing import (
    ChangedSource as ChangedSource,
    change_files as change_files,
    check_unwritten as check_unwritten,
)
from .files.formatting import format_files as format_files, format_source as format_source
from .files.locating import locate_files as locate_files, locate_source as locate_source
from .files.pending import (
    Waiting as Waiting,
    copy_of as copy_of,
    find_waiting as find_waiting,
    heading_of as heading_of,
    language_of as language_of,
)
from .files.reviewing import (
    accept as accept,
    change as change,
    drop as drop,
    lines_of_entry as lines_of_entry,
    replace_entry as replace_entry,
)
from .files.writing import write_proposed as write_proposed
from .grammar.grammar import propose as propose
from .known import (
    Ambiguity as Ambiguity,
    FoundThings as FoundThings,
    KnownThings as KnownThings,
    Mention as Mention,
)
from .language import LanguageError as LanguageError, languages as languages
from .merging import merge_proposals as merge_proposals
from .model.choice import ModelChoice as ModelChoice
from .model.model import propose_by_model as propose_by_model
from .papers.copies import (
    TextCopies as TextCopies,
    TextCopy as TextCopy,
    copy_problem as copy_problem,
    find_copies as find_copies,
    span_problem as span_problem,
)
from .papers.documents import (
    Paper as Paper,
    Particulars as Particulars,
    read_paper as read_paper,
    read_published as read_published,
)
from .papers.inputs import find_inputs as find_inputs, load_input as load_input
from .papers.sections import (
    TextSection as TextSection,
    find_sections as find_sections,
    section_at as section_at,
)
from .papers.telling_places import quote as quote, sentence_around as sentence_around
from .passages import Passage as Passage, find_passages as find_passages
from .proposals import Proposal as Proposal
from .proposing import propose_all as propose_all
from .refusals import (
    Refusal as Refusal,
    Sifted as Sifted,
    sift as sift,
    tell_refused as tell_refused,
)
from .slugs import slug_of as slug_of
from .times.days import Period as Period, find_periods as find_periods
