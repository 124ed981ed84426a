# Install PySpark where there is Java, and under CI Java too; say so if there is none.
python=$1
if [ -n "$CI" ] && ! command -v java >/dev/null 2>&1; then
    echo "installing Java for the tests of Spark"
    apt-get update -qq >/dev/null && apt-get install -y -qq default-jre-headless >/dev/null 2>&1
fi
if command -v java >/dev/null 2>&1; then
    "$python" -c 'import pyspark' 2>/dev/null && exit 0
    echo "installing PySpark for the tests of Spark"
    exec "$python" -m pip install --quiet --disable-pip-version-check --editable '.[spark]'
fi
echo "no Java found: install Java 17 or newer; the tests of Spark are left out"
[ -z "$CI" ] || exit 1
