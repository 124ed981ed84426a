from .places import (
    is_store as is_store,
    is_url as is_url,
    open_sound as open_sound,
    open_store as open_store,
    prepared_store as prepared_store,
)
from .remote import RemoteGraph as RemoteGraph
from .snapshot import Snapshot as Snapshot
