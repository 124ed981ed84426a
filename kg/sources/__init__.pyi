from .accepted import Accepted as Accepted, source_if_accepted as source_if_accepted
from .changed import looked_again as looked_again
from .cluster import (
    cause_of as cause_of,
    connected as connected,
    on_disk as on_disk,
    one_connection as one_connection,
    over_spark as over_spark,
    refuse_no_cluster as refuse_no_cluster,
    refuse_other_software as refuse_other_software,
)
from .cluster_reading import SourcesOnSpark as SourcesOnSpark, read_on as read_on, spark as spark
from .context import (
    key_of as key_of,
    key_order as key_order,
    key_types as key_types,
    load_context as load_context,
    statement_types as statement_types,
    whole_name as whole_name,
)
from .figures import SCALES as SCALES, plain as plain, read_figure as read_figure
from .files import (
    YAML as YAML,
    File as File,
    Piece as Piece,
    decode as decode,
    find_files as find_files,
    opened as opened,
    read_bytes as read_bytes,
    tell_apart as tell_apart,
)
from .fingerprint import (
    ROOMS as ROOMS,
    digest_of as digest_of,
    room_files as room_files,
    software_fingerprint as software_fingerprint,
)
from .locations import in_order as in_order, locate as locate
from .neighbours import files_beside as files_beside
from .parallel import (
    Put as Put,
    Reader as Reader,
    SourcesRead as SourcesRead,
    one_by_one as one_by_one,
    processes as processes,
    read_together as read_together,
)
from .reader import (
    Fingerprint as Fingerprint,
    Source as Source,
    is_unchanged as is_unchanged,
    lines_of as lines_of,
    parse_source as parse_source,
    read_source as read_source,
    read_yaml as read_yaml,
    salvage_source as salvage_source,
)
from .record import Record as Record
from .record_lines import ChangedSources as ChangedSources, adding_to as adding_to
from .recorded import as_recorded as as_recorded, refuse_shared_graphs as refuse_shared_graphs
from .seen import SeenFiles as SeenFiles, Suspects as Suspects, look as look
