from . import nquads as nquads
from .aside import (
    held_file as held_file,
    held_folder as held_folder,
    left_aside as left_aside,
    lies_aside as lies_aside,
    no_room_aside as no_room_aside,
    sweep as sweep,
)
from .bounds import (
    IRI as IRI,
    MAX_DEPTH as MAX_DEPTH,
    STRINGS as STRINGS,
    json_too_deep as json_too_deep,
    turtle_too_deep as turtle_too_deep,
)
from .changes import Change as Change
from .collector import without_collector as without_collector
from .counts import counted as counted, in_seconds as in_seconds
from .durable import (
    made_folder as made_folder,
    sync_files as sync_files,
    sync_folder as sync_folder,
    sync_folders as sync_folders,
    sync_tree as sync_tree,
)
from .errors import (
    DamageError as DamageError,
    FindingsError as FindingsError,
    KgError as KgError,
    MissingExtraError as MissingExtraError,
    ModelError as ModelError,
    OutputError as OutputError,
    QueryError as QueryError,
    RefusalError as RefusalError,
    SourceError as SourceError,
    StoreError as StoreError,
    TimeLimitError as TimeLimitError,
    UnknownNameError as UnknownNameError,
    UsageError as UsageError,
    WorkerError as WorkerError,
    abridge as abridge,
    extra_command as extra_command,
    suggest as suggest,
)
from .file_times import is_settled as is_settled, settled_before as settled_before
from .files import (
    replace_file as replace_file,
    replace_files as replace_files,
    replace_folder as replace_folder,
    write_file as write_file,
    written_aside as written_aside,
)
from .findings import (
    MOST_SHOWN as MOST_SHOWN,
    UNREADABLE as UNREADABLE,
    Finding as Finding,
    Report as Report,
)
from .formats import (
    ANSWER_FORMATS as ANSWER_FORMATS,
    DATED_FORMATS as DATED_FORMATS,
    DIFFERENCE_FORMATS as DIFFERENCE_FORMATS,
    EXPORT_FORMATS as EXPORT_FORMATS,
    EXPORT_PARTS as EXPORT_PARTS,
    EXPORT_SUFFIXES as EXPORT_SUFFIXES,
    FOLDER_FORMATS as FOLDER_FORMATS,
    FTM_DATASET as FTM_DATASET,
    FTM_PREFIX as FTM_PREFIX,
    GRAPH_FORMATS as GRAPH_FORMATS,
    RDF_FORMATS as RDF_FORMATS,
    RDF_SUFFIXES as RDF_SUFFIXES,
    REPORT_FORMATS as REPORT_FORMATS,
    RESULT_FORMATS as RESULT_FORMATS,
    TABLE_FORMATS as TABLE_FORMATS,
    TOOL_FORMATS as TOOL_FORMATS,
    Format as Format,
    ToolFormat as ToolFormat,
)
from .headers import split_header as split_header
from .holdable import (
    MAX_DIGITS as MAX_DIGITS,
    MAX_TEXT as MAX_TEXT,
    is_beyond as is_beyond,
    unrounded as unrounded,
)
from .licence import SHIPPED_CREATOR as SHIPPED_CREATOR, SHIPPED_LICENCE as SHIPPED_LICENCE
from .locks import busy as busy, is_locked as is_locked, locked as locked
from .marks import (
    BUILT as BUILT,
    CURRENT as CURRENT,
    LOCK as LOCK,
    RECEIPT as RECEIPT,
    TURTLE as TURTLE,
    WRITING as WRITING,
)
from .names import fold as fold, nearest as nearest, pattern as pattern
from .namespaces import (
    CP as CP,
    DCTERMS as DCTERMS,
    DERIVED as DERIVED,
    ID as ID,
    ONTOLOGY as ONTOLOGY,
    PREFIXES as PREFIXES,
    RDF as RDF,
    RDFS as RDFS,
    SCHEMA as SCHEMA,
    SHACL as SHACL,
    SKOS as SKOS,
    XSD as XSD,
    expand as expand,
    lengthen as lengthen,
    shorten as shorten,
)
from .parting import (
    begins_part as begins_part,
    digest_of_digests as digest_of_digests,
    digest_of_parts as digest_of_parts,
    in_parts as in_parts,
    parts_of as parts_of,
)
from .prologue import Prologue as Prologue
from .reach import Reach as Reach
from .resources import (
    data_folder as data_folder,
    ontology_folder as ontology_folder,
    package_folder as package_folder,
)
from .sorted_lines import (
    Lines as Lines,
    PartedLines as PartedLines,
    lines_from as lines_from,
    span_of as span_of,
    whole_of_lines as whole_of_lines,
)
from .spilled import SpilledLines as SpilledLines
from .spread import (
    Spread as Spread,
    in_order as in_order,
    in_turn as in_turn,
    over_processes as over_processes,
)
from .stamp import (
    HEAD as HEAD,
    NAME as NAME,
    stamp_in as stamp_in,
    stamp_of as stamp_of,
    turtle_head as turtle_head,
)
from .terms import (
    WHOLE_NUMBERS as WHOLE_NUMBERS,
    Cell as Cell,
    Plain as Plain,
    as_asked as as_asked,
    blanks_in as blanks_in,
    looks_blank as looks_blank,
    spelt as spelt,
    split_typed as split_typed,
    to_json as to_json,
    to_python as to_python,
    to_text as to_text,
    visible as visible,
)
from .text import NORMALISER as NORMALISER, digest as digest, normalise as normalise
from .turtle_lines import TermLines as TermLines, term_lines as term_lines
from .xml import keep_returns as keep_returns, xml_fault as xml_fault, xml_problem as xml_problem
