// Drives a server by the TypeScript SDK, and prints what it saw as JSON.
// node agents.mjs http URL | stdio COMMAND ARGUMENT...
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.cwd() + "/"));
const sdk = (name) => require(`@modelcontextprotocol/sdk/client/${name}.js`);
const { Client } = sdk("index");
const [how, ...rest] = process.argv.slice(2);

const transport = () => {
  if (how === "http") {
    const { StreamableHTTPClientTransport } = sdk("streamableHttp");
    return new StreamableHTTPClientTransport(new URL(rest[0]));
  }
  const { StdioClientTransport } = sdk("stdio");
  return new StdioClientTransport({ command: rest[0], args: rest.slice(1), env: process.env });
};

const connected = async () => {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport());
  return client;
};

const failed = async (work) => {
  try {
    await work;
    return null;
  } catch (error) {
    return `${error.code}: ${error.message}`;
  }
};

const SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
const call = (client, name, args, options) =>
  client.callTool({ name, arguments: args }, undefined, options);

const client = await connected();
const told = {
  server: client.getServerVersion().name,
  instructions: client.getInstructions(),
  capabilities: Object.keys(client.getServerCapabilities()).sort(),
  // The client holds every structured answer against the output schema that is listed here.
  tools: (await client.listTools()).tools.map((tool) => tool.name),
  calls: {},
};
for (const [name, args] of [
  ["outcome", { company: "xiaomi", about: "service-centres" }],
  ["check_claim", { company: "xiaomi", what: "service centres", value: 500 }],
  ["find", { text: "mobikwik" }],
  ["show", { thing: "mobikwik" }],
  ["ask", { question: "partners" }],
  ["schema", {}],
  ["query", { sparql: "ASK { id:xiaomi a cp:Company }" }],
]) {
  const answer = await call(client, name, args);
  told.calls[name] = {
    rows: answer.structuredContent?.rows,
    text: answer.content[0].text,
    isError: answer.isError ?? false,
  };
}
told.misspelt = (await call(client, "outcome", { compnay: "xiaomi" })).content[0].text;
told.unknownTool = await failed(call(client, "outcom", {}));
told.resources = (await client.listResources()).resources.map((one) => one.uri);
told.templates = (await client.listResourceTemplates()).resourceTemplates.map((one) => one.uriTemplate);
told.thing = (await client.readResource({ uri: "kg://thing/mobikwik" })).contents[0].text;
told.unknownThing = await failed(client.readResource({ uri: "kg://thing/xiomi" }));
told.prompts = (await client.listPrompts()).prompts.map((one) => one.name);
const prompt = await client.getPrompt({ name: "check-claim", arguments: { claim: "It was met." } });
told.prompt = prompt.messages[0].content.text;
const reference = { type: "ref/prompt", name: "promised" };
const completed = await client.complete({ ref: reference, argument: { name: "company", value: "xia" } });
told.completion = completed.completion.values;

// Whoever cancels frees the worker: a call behind two slow ones does not wait for their end.
const left = new AbortController();
const slow = [1, 2].map(() => failed(call(client, "query", { sparql: SLOW }, { signal: left.signal })));
setTimeout(() => left.abort("enough"), 500);
told.cancelled = await Promise.all(slow);
const began = Date.now();
await call(client, "find", { text: "xiaomi" });
told.afterwards = (Date.now() - began) / 1000;

const others = await Promise.all(how === "http" ? [1, 2, 3, 4].map(connected) : [connected()]);
const answers = await Promise.all(
  others.flatMap((one) => ["xiaomi", "mobikwik", "lei-jun"].map((text) => call(one, "find", { text }))),
);
told.several = answers.map((answer) => answer.structuredContent.rows[0].name);
await Promise.all([client, ...others].map((one) => one.close()));
console.log(JSON.stringify(told));
