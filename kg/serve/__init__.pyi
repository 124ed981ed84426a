from .agents_stdio import serve_agent as serve_agent
from .app import Settings as Settings, make_app as make_app
from .jobs import Budget as Budget, Job as Job, Reply as Reply
from .pool import Pool as Pool
from .running import serve as serve
