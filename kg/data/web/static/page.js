// Suggestions under the search box (the combobox pattern of ARIA), and opening what a link points into.

const box = document.getElementById("q");
const list = document.getElementById("found");
let hits = [];
let chosen = -1;
let asked = 0;

function show() {
  list.hidden = hits.length === 0;
  box.setAttribute("aria-expanded", String(!list.hidden));
  list.replaceChildren(...hits.map((hit, index) => {
    const item = document.createElement("li");
    item.id = `hit-${index}`;
    item.role = "option";
    item.setAttribute("aria-selected", String(index === chosen));
    const name = document.createElement("bdi");
    name.textContent = hit.label;
    const note = document.createElement("small");
    note.textContent = [hit.kind, hit.also && `also “${hit.also}”`].filter(Boolean).join(" · ");
    item.append(name, note);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(hit.href); });
    return item;
  }));
  if (chosen >= 0) {
    box.setAttribute("aria-activedescendant", `hit-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  } else {
    box.removeAttribute("aria-activedescendant");
  }
}

async function suggest() {
  const turn = ++asked;
  const text = box.value.trim();
  let found = [];
  if (text) {
    const answer = await fetch(`/suggest?q=${encodeURIComponent(text)}`);
    found = answer.ok ? await answer.json() : [];
  }
  if (turn === asked) {
    hits = found;
    chosen = -1;
    show();
  }
}

box.setAttribute("role", "combobox");
box.setAttribute("aria-controls", "found");
box.setAttribute("aria-autocomplete", "list");
let waiting;
box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(suggest, 80); });
box.addEventListener("blur", () => { hits = []; show(); });
box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!hits.length) return;
    const step = event.key === "ArrowDown" ? 1 : -1;
    chosen = (chosen + step + hits.length + (chosen < 0 && step < 0 ? 1 : 0)) % hits.length;
    show();
    event.preventDefault();
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    location.assign(hits[chosen].href);
  } else if (event.key === "Escape") {
    hits = [];
    show();
  }
});
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    box.focus();
  }
});

function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let above = target; above; above = above.parentElement) if (above.tagName === "DETAILS") above.open = true;
  if (target && target.classList.contains("claim")) target.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", reveal);
reveal();
