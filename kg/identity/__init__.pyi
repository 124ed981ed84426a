from .companies import (
    ALIAS as ALIAS,
    LABEL as LABEL,
    ORGANIZATIONS as ORGANIZATIONS,
    Described as Described,
    companies as companies,
)
from .company_lines import company_lines as company_lines
from .company_names import bare as bare
from .deciding import (
    Decision as Decision,
    Objection as Objection,
    decide as decide,
    differing as differing,
)
from .identifiers import (
    SCHEMES as SCHEMES,
    Identifier as Identifier,
    Scheme as Scheme,
    fault_of as fault_of,
    identifier_of as identifier_of,
)
from .known import KnownCompanies as KnownCompanies
from .likeness import Pair as Pair
from .matching import Matches as Matches, match_companies as match_companies
from .merging import merge_companies as merge_companies
from .sameness import Sameness as Sameness, compare_companies as compare_companies
from .shipped import known_lines as known_lines, things_files as things_files
