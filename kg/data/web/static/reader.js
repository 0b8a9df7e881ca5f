// The text of a document: marks the characters that the address names (#char=120,240, RFC 5147), shows what is told of
// the words under the pointer or the focus, and leads back to where the reader came from.

const passages = JSON.parse(document.getElementById("data").textContent);
const text = document.getElementById("text");
const card = document.getElementById("card");
const back = document.getElementById("back");
const shapes = { Actual: "●", Planned: "▷", Possible: "◇", Negated: "✕" };
const words = { Actual: "told as fact", Planned: "planned", Possible: "possible", Negated: "denied" };

function spans() { return text ? [...text.querySelectorAll("[data-b]")] : []; }

function wanted() {
  const match = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
  return match && [Number(match[1]), Number(match[2])];
}

function mark() {
  const range = wanted();
  for (const span of spans()) {
    const begin = Number(span.dataset.b);
    span.classList.toggle("here", Boolean(range) && begin >= range[0] && begin < range[1]);
  }
  const first = text && text.querySelector(".here");
  for (const item of document.querySelectorAll(".read [data-e]")) {
    const on = Boolean(range) && Number(item.dataset.b) === range[0] && Number(item.dataset.e) === range[1];
    item.classList.toggle("on", on);
    if (on) {
      const pane = item.closest(".read");
      if (getComputedStyle(pane).position === "sticky") pane.scrollTop = item.offsetTop - pane.offsetTop - 80;
    }
  }
  if (first) first.scrollIntoView({ block: "center" });
}

function line(...parts) {
  const p = document.createElement("p");
  p.append(...parts);
  return p;
}

function piece(tag, content, name) {
  const element = document.createElement(tag);
  element.textContent = content;
  if (name) element.className = name;
  return element;
}

function told(passage) {
  return [
    ...passage.names.map((name) => line(piece("b", name.label), piece("span", name.kind, "kind"))),
    ...passage.claims.map((claim) => line(
      piece("span", `${shapes[claim.m] ?? "○"} ${words[claim.m] ?? ""} `, `mod ${claim.m}`), piece("b", claim.s), " ",
      piece("i", claim.p), " ", piece("bdi", claim.o), claim.by ? ` (according to ${claim.by})` : "")),
    ...passage.said.map((said) => line(piece("span", said.direct ? "said by " : "reported of ", "mod"), piece("b", said.speaker || "someone"))),
  ];
}

function point(span) {
  const numbers = span.dataset.n.split(" ").map(Number);
  const lines = numbers.flatMap((number) => told(passages[number]));
  card.replaceChildren(...lines.slice(0, 9), ...(lines.length > 9 ? [line(`and ${lines.length - 9} more`)] : []));
  card.hidden = lines.length === 0;
  const own = new Set(numbers);
  for (const other of spans()) other.classList.toggle("near", other.dataset.n.split(" ").some((n) => own.has(Number(n)) && passages[n].claims.length));
  const at = span.getClientRects()[0];
  const size = card.getBoundingClientRect();
  const above = at.bottom + size.height + 12 > innerHeight;
  card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
  card.style.top = `${above ? Math.max(8, at.top - size.height - 8) : at.bottom + 8}px`;
}

function away() {
  card.hidden = true;
  for (const span of spans()) span.classList.remove("near");
}

if (text) {
  for (const event of ["mouseover", "focusin"]) text.addEventListener(event, (e) => { const span = e.target.closest("[data-n]"); if (span) point(span); else away(); });
  for (const event of ["mouseleave", "focusout"]) text.addEventListener(event, away);
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape") away(); });
addEventListener("scroll", away, { passive: true });
addEventListener("hashchange", mark);
if (document.referrer && new URL(document.referrer).origin === location.origin && wanted()) {
  back.hidden = false;
  back.addEventListener("click", (event) => { event.preventDefault(); history.back(); });
}
mark();
