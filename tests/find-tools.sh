# Find what the tests start besides Python, or install Debian's where we may; say what is missing.
missing=
chromium() {
    for name in "$KG_CHROMIUM" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}
chromium || missing="$missing chromium"
command -v virtuoso-t >/dev/null 2>&1 || missing="$missing virtuoso-opensource-7-bin"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing$missing for the tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null && apt-get install -y -qq $missing >/dev/null 2>&1 && exit 0
fi
echo "not found:$missing (KG_CHROMIUM names a browser); the tests of the page, or of Virtuoso, are left out"
[ -z "$CI" ] || exit 1
