from .encodings import utf_16_of as utf_16_of
from .headed import HeadedRow as HeadedRow, HeadedTable as HeadedTable
from .importing import (
    import_table as import_table,
    is_mapped_table as is_mapped_table,
    is_unchanged_with_tables as is_unchanged_with_tables,
    read_with_tables as read_with_tables,
)
from .mapping import MappedTable as MappedTable
from .workbook import outside_problem as outside_problem
