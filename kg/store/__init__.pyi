from .places import (
    find_damage as find_damage,
    is_store as is_store,
    is_url as is_url,
    open_sound as open_sound,
    open_store as open_store,
    store_fault as store_fault,
    write_store as write_store,
)
from .remote import RemoteGraph as RemoteGraph
from .snapshot import Snapshot as Snapshot, current_snapshot as current_snapshot
