# Find a Chromium for the tests of the page, or install Debian's where we may; say so if neither.
for name in "$KG_CHROMIUM" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing chromium for the tests of the page"
    apt-get update -qq >/dev/null && apt-get install -y -qq chromium >/dev/null 2>&1 && exit 0
fi
echo "no Chromium found: install it or set KG_CHROMIUM; the tests of the page are left out"
[ -z "$CI" ] || exit 1
