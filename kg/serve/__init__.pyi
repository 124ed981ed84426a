from .access import Clients as Clients
from .agents_stdio import serve_agent as serve_agent
from .app import make_app as make_app
from .jobs import Budget as Budget, Job as Job, Reply as Reply
from .pool import Pool as Pool
from .running import grace as grace, serve as serve
from .settings import Settings as Settings
from .tokens import read_tokens as read_tokens
