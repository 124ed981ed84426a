from .access import Clients as Clients
from .app import Settings as Settings, make_app as make_app
from .jobs import Budget as Budget, Job as Job, Reply as Reply
from .pool import Pool as Pool
from .running import grace as grace, serve as serve
from .tokens import read_tokens as read_tokens
