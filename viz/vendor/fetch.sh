# Gets what stands in this folder from the npm registry: the same bytes, which tests/viz/test_vendored.py checks.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
fetch() {
    package=$1 folder=$2
    shift 2
    npm pack --silent "$package" >/dev/null
    mkdir -p "$folder" "$here/$folder"
    tar -xzf "$folder.tgz" -C "$folder"
    for each; do
        cp "$folder/package/$each" "$here/$folder/"
        chmod 644 "$here/$folder/${each##*/}"
    done
}
fetch d3@7.9.0 d3-7.9.0 dist/d3.min.js LICENSE
fetch @observablehq/plot@0.6.17 observablehq-plot-0.6.17 dist/plot.umd.min.js LICENSE
fetch topojson-client@3.1.0 topojson-client-3.1.0 dist/topojson-client.min.js LICENSE
fetch world-atlas@2.0.2 world-atlas-2.0.2 countries-110m.json LICENSE
# Its package has no text of a licence; that which stands beside it is put together from what the bundle holds.
fetch @zazuko/yasgui@4.6.2 zazuko-yasgui-4.6.2 build/yasgui.min.js build/yasgui.min.css
