// Runs the query of the page and shows the answer; IRIs of this graph become links within the server.

const form = document.getElementById("ask");
const area = document.getElementById("query");
const state = document.getElementById("state");
const answer = document.getElementById("answer");
const downloads = document.getElementById("downloads");
const origin = form.dataset.origin;
const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
let running = null;

function cell(term) {
  const td = document.createElement("td");
  if (!term) return td;
  if (term.type === "uri") {
    const a = document.createElement("a");
    const here = origin && term.value.startsWith(`${origin}/`);
    const web = /^https?:/.test(term.value);
    if (here || web) a.href = here ? `/resource?iri=${encodeURIComponent(term.value)}` : term.value;
    if (!here) a.rel = "noopener noreferrer";
    a.title = term.value;
    a.textContent = term.value.replace(/^.*[/#](?=[^/#]+$)/, "");
    td.append(a);
  } else {
    const text = document.createElement("bdi");
    text.textContent = term.value;
    td.append(text);
    if (/integer|decimal|double|float/.test(term.datatype ?? "")) td.className = "n";
    else if (term.value.length < 24) td.className = "short";
  }
  return td;
}

function table(result) {
  const shown = document.createElement("table");
  const head = shown.createTHead().insertRow();
  for (const name of result.head.vars) {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = name;
    head.append(th);
  }
  const body = shown.createTBody();
  for (const row of result.results.bindings.slice(0, 1000)) body.insertRow().append(...result.head.vars.map((name) => cell(row[name])));
  return shown;
}

function block(tag, text, name) {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = name ?? "";
  return element;
}

function show(result) {
  if ("boolean" in result) return [block("p", result.boolean ? "Yes" : "No", "lede")];
  const rows = result.results.bindings.length;
  const cut = rows > 1000 ? [block("p", `The first 1,000 of ${rows.toLocaleString("en")} rows are shown here; the downloads have all.`, "fine")] : [];
  return [...cut, table(result)];
}

async function run() {
  if (running) running.abort();
  running = new AbortController();
  const begun = performance.now();
  state.textContent = "Running …";
  downloads.hidden = true;
  answer.replaceChildren();
  try {
    const got = await fetch("/sparql", { method: "POST", body: area.value, signal: running.signal, headers: { "Content-Type": "application/sparql-query", Accept: ACCEPT } });
    if (!got.ok) throw new Error(await got.text());
    const json = got.headers.get("Content-Type").includes("json");
    const result = json ? await got.json() : await got.text();
    answer.replaceChildren(...(json ? show(result) : [block("pre", result)]));
    const rows = json && result.results ? `${result.results.bindings.length.toLocaleString("en")} rows, ` : "";
    state.textContent = `${rows}${Math.round(performance.now() - begun)} ms`;
    downloads.hidden = !json || !result.results;
    document.getElementById("permalink").href = `/query?query=${encodeURIComponent(area.value)}`;
  } catch (error) {
    if (error.name === "AbortError") return;
    state.textContent = "";
    answer.replaceChildren(block("p", error.message, "error"));
  }
}

async function download(event) {
  event.preventDefault();
  const type = event.target.dataset.type;
  const got = await fetch("/sparql", { method: "POST", body: area.value, headers: { "Content-Type": "application/sparql-query", Accept: type } });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await got.blob());
  link.download = `answer.${{ "text/csv": "csv", "text/tab-separated-values": "tsv" }[type] ?? (type.includes("json") ? "json" : "xml")}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
area.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
for (const link of downloads.querySelectorAll("[data-type]")) link.addEventListener("click", download);
if (/[?&](query|name)=/.test(location.search)) run();
