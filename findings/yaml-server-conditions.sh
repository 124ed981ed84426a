#!/usr/bin/env bash
# What: a pointer on a value is told, as "Allowed Values", all that an enum in an `if` of the JSON Schema tests, whether it
#   is met and allowed or not. The same condition as a `pattern` tells nothing, and what is allowed stays what it is.
# Version: yaml-language-server 1.25.0 of npm, which VS Code's extension, Neovim and others ask.
# Measured: November 2026.
# Why it matters: which keys may stand beside a type is said by `if` on the type, so that people are offered spellings
#   that the schema refuses; completion and errors are right, and no other validator shows it.
# Source: https://github.com/redhat-developer/yaml-language-server/blob/1.25.0/src/languageservice/services/yamlHover.ts
set -euo pipefail
command -v npm >/dev/null || { echo "${0##*/}: npm is not installed" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 --prefix "$work" \
    yaml-language-server@1.25.0 >/dev/null ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

cd "$work"
cat > ask.cjs <<'JAVASCRIPT'
const {spawn} = require('child_process'), {writeFileSync} = require('fs');
const rpc = require('vscode-languageserver-protocol/node');
const schema = (condition) => ({
  $schema: 'http://json-schema.org/draft-07/schema#', type: 'object',
  properties: {type: {enum: ['Target', 'Report']}, value: {type: 'number'}},
  if: {properties: {type: condition}, required: ['type']}, then: {required: ['value']},
});
const conditions = {enum: {enum: ['Target', 'cp:Target']}, pattern: {pattern: '^(cp:)?Target$'}};
const stated = {enum: 'Report Target cp:Target', pattern: 'Report Target'};
for (const [name, condition] of Object.entries(conditions))
  writeFileSync(`${name}.json`, JSON.stringify(schema(condition)));
const server = spawn('node', ['node_modules/yaml-language-server/bin/yaml-language-server', '--stdio']);
const link = rpc.createProtocolConnection(
  new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
link.onRequest('workspace/configuration', ({items}) => items.map(() => null));
link.onRequest('client/registerCapability', () => null);
link.listen();
(async () => {
  const root = `file://${process.cwd()}`;
  await link.sendRequest('initialize', {processId: null, rootUri: root, capabilities: {}});
  link.sendNotification('initialized', {});
  for (const name of Object.keys(conditions)) {
    const uri = `${root}/${name}.yaml`, text = `# yaml-language-server: $schema=${name}.json\ntype: Report\n`;
    link.sendNotification('textDocument/didOpen', {textDocument: {uri, languageId: 'yaml', version: 1, text}});
    const told = await link.sendRequest('textDocument/hover', {textDocument: {uri}, position: {line: 1, character: 8}});
    const seen = [...told.contents.value.matchAll(/^\* `(.*?)`/gm)].map((found) => found[1]).sort().join(' ');
    console.log(`condition by ${name}: allowed are said to be ${seen}`);
    if (seen !== stated[name]) {
      console.error(`changed: in November 2026 they were ${stated[name]}`);
      process.exit(1);
    }
  }
  process.exit(0);
})();
JAVASCRIPT
timeout 50 node ask.cjs
