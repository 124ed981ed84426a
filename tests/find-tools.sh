# Find what the tests start besides Python, or install Debian's where we may; say what is missing.
# tests/find-tools.sh whole finds a browser with windows, which the benchmarks of the page need.
missing=
browsers="chromium chromium-browser google-chrome"
[ "$1" = whole ] || browsers="chromium-headless-shell chrome-headless-shell $browsers"
found() {
    for name in "$@"; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}
install() { apt-get install -y -qq "$@" >/dev/null 2>&1; }
found "$KG_CHROMIUM" $browsers || missing="$missing chromium"
found virtuoso-t || missing="$missing virtuoso-opensource-7-bin"
found nginx /usr/sbin/nginx || missing="$missing nginx-light"
# PyICU, which FollowTheMoney brings, is built from source.
pkg-config --exists icu-i18n 2>/dev/null || missing="$missing libicu-dev pkg-config g++"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing$missing for the tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null
    # The shell alone is lighter, and not packaged everywhere.
    if [ "$1" != whole ] && install $(echo "$missing" | sed 's/chromium/chromium-headless-shell/'); then exit 0; fi
    install $missing && exit 0
fi
echo "not found:$missing (KG_CHROMIUM names a browser); the tests of the page, of Virtuoso, behind nginx, or of FollowTheMoney, are left out"
[ -z "$CI" ] || exit 1
