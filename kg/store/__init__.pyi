from .deriving import DerivedThere as DerivedThere, derived_there as derived_there
from .making import Making as Making, made_aside as made_aside
from .manifest import current_snapshot as current_snapshot
from .places import (
    find_damage as find_damage,
    is_store as is_store,
    is_url as is_url,
    open_current as open_current,
    open_sound as open_sound,
    open_store as open_store,
    prepared_store as prepared_store,
    store_fault as store_fault,
)
from .remote import RemoteGraph as RemoteGraph
from .seen import keep_seen as keep_seen, read_seen as read_seen
from .sent_there import Sender as Sender, SentThere as SentThere
from .snapshot import (
    Snapshot as Snapshot,
    open_snapshot as open_snapshot,
)
from .snapshot_change import Changing as Changing
