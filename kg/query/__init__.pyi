from .answer import Answer as Answer
from .behind import (
    Behind as Behind,
    name_counted as name_counted,
    split_names as split_names,
)
from .classes import ClassTree as ClassTree
from .content import ContentOwner as ContentOwner, GraphContent as GraphContent
from .engine import engine_errors as engine_errors
from .found_lines import count_values as count_values
from .index import (
    NOTHING as NOTHING,
    Dataset as Dataset,
    Index as Index,
    LocalIndex as LocalIndex,
    QueryResults as QueryResults,
)
from .joins import without_order as without_order
from .lookup import (
    LONGEST as LONGEST,
    Match as Match,
    acts_through as acts_through,
    class_of as class_of,
    find_things as find_things,
    label_of as label_of,
    names_of_things as names_of_things,
    resolve as resolve,
)
from .name_book import NameBook as NameBook
from .named import PORTION as PORTION, select_named as select_named
from .nodes import each_node as each_node
from .notebook import View as View
from .parameters import (
    THINGS as THINGS,
    Parameter as Parameter,
    read_argument as read_argument,
)
from .printed import format_table as format_table
from .questions import (
    Drawing as Drawing,
    Question as Question,
    ask_all as ask_all,
    load_question as load_question,
    load_questions as load_questions,
    question_names as question_names,
)
from .rdflib_view import rdflib_dataset as rdflib_dataset
from .restoring import Restorer as Restorer
from .rewriting import (
    change_written as change_written,
    list_written as list_written,
    written_of as written_of,
)
from .rows import stream_rows as stream_rows
from .selected import count_rows as count_rows, select_rows as select_rows
from .terms import list_terms as list_terms
from .whole import (
    read_whole as read_whole,
    select_pairs as select_pairs,
    select_said as select_said,
    select_texts as select_texts,
    select_typed as select_typed,
    select_values as select_values,
)
from .written import Written as Written
