// Draws the network on a canvas: drag to move, wheel or buttons to come nearer, point for the links of one, click to go.

const canvas = document.getElementById("net");
const tip = document.getElementById("tip");
const view = { x: 0, y: 0, scale: 1 };
let nodes = [], edges = [], near = [], over = -1, chosen = -1, moved = false, placed = false;

function style(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

const COLOURS = { State: "--State", HistoricalState: "--Place", Person: "--Person", InternationalOrganisation: "--Organisation", Organisation: "--Organisation", GovernmentBody: "--Office" };

function radius(node) { return 3 + 1.7 * Math.sqrt(Math.min(60, node.weight)); }

function fit() {
  if (!placed || !nodes.length) return;
  const xs = nodes.map((n) => n.x), ys = nodes.map((n) => n.y), pad = 46;
  const width = Math.max(...xs) - Math.min(...xs) + 1, height = Math.max(...ys) - Math.min(...ys) + 1;
  view.scale = Math.min(2.2, (canvas.clientWidth - 2 * pad) / width, (canvas.clientHeight - 2 * pad) / height);
  view.x = canvas.clientWidth / 2 - view.scale * (Math.max(...xs) + Math.min(...xs)) / 2;
  view.y = canvas.clientHeight / 2 - view.scale * (Math.max(...ys) + Math.min(...ys)) / 2;
}

function at(node) { return [node.x * view.scale + view.x, node.y * view.scale + view.y]; }

function draw() {
  if (!placed) return;
  const ratio = devicePixelRatio || 1, pen = canvas.getContext("2d");
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  pen.scale(ratio, ratio);
  const focus = over >= 0 ? over : chosen, ink = style("--ink"), soft = style("--soft"), sheet = style("--sheet");
  const lit = focus >= 0 ? new Set([focus, ...near[focus]]) : null;
  for (const [a, b, weight] of edges) {
    const on = focus === a || focus === b;
    pen.globalAlpha = lit ? (on ? 0.9 : 0.05) : Math.min(0.5, 0.1 + 0.06 * weight);
    pen.strokeStyle = on ? ink : soft;
    pen.lineWidth = Math.min(5, 0.5 + Math.log2(1 + weight) * 0.7);
    pen.beginPath(); pen.moveTo(...at(nodes[a])); pen.lineTo(...at(nodes[b])); pen.stroke();
  }
  for (let index = nodes.length - 1; index >= 0; index--) { // the weightiest come first and lie on top
    const node = nodes[index], [x, y] = at(node), size = node.size * Math.min(1.4, Math.max(0.45, Math.sqrt(view.scale)));
    pen.globalAlpha = lit && !lit.has(index) ? 0.18 : 1;
    pen.fillStyle = style(COLOURS[node.cls] ?? "--soft");
    pen.beginPath();
    if (node.cls === "Person") pen.arc(x, y, size, 0, 7);
    else if (node.cls === "HistoricalState") { pen.moveTo(x, y - size); pen.lineTo(x + size, y); pen.lineTo(x, y + size); pen.lineTo(x - size, y); }
    else if (node.cls === "State") pen.rect(x - size * 0.88, y - size * 0.88, size * 1.76, size * 1.76);
    else { pen.moveTo(x, y - size); pen.lineTo(x + size, y + size * 0.8); pen.lineTo(x - size, y + size * 0.8); }
    pen.fill();
    pen.lineWidth = index === chosen ? 3 : 1; pen.strokeStyle = index === chosen ? style("--focus") : sheet; pen.stroke();
  }
  label(pen, lit, ink, sheet);
}

// Names are written from the weightiest down, and only where they touch no other name.
function label(pen, lit, ink, sheet) {
  const taken = [], order = nodes.map((_, i) => i).sort((a, b) => (lit ? lit.has(b) - lit.has(a) : 0) || nodes[b].weight - nodes[a].weight);
  pen.font = `12.5px ${style("--sans")}`;
  pen.lineJoin = "round";
  for (const index of order) {
    if (lit && !lit.has(index)) break;
    const node = nodes[index], [x, y] = at(node), width = canvas.clientWidth;
    const text = node.label.length > 34 ? `${node.label.slice(0, 33)}…` : node.label, long = pen.measureText(text).width;
    const behind = x + node.size + 4, left = behind + long > width && x < width ? x - node.size - 4 - long : behind;
    const box = [left, y - 8, left + long, y + 8];
    if ((lit ? box[0] > width || box[2] < 0 : box[0] < 0 || box[2] > width) || y < 0 || y > canvas.clientHeight) continue;
    if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) continue;
    taken.push(box);
    pen.globalAlpha = 0.85; pen.lineWidth = 4; pen.strokeStyle = sheet; pen.strokeText(text, left, y + 4);
    pen.globalAlpha = 1; pen.fillStyle = ink; pen.fillText(text, left, y + 4);
  }
}

function under(event) {
  const box = canvas.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
  let best = -1, least = 14;
  nodes.forEach((node, index) => { const [nx, ny] = at(node), far = Math.hypot(nx - x, ny - y) - node.size; if (far < least) { least = far; best = index; } });
  return best;
}

function zoom(by, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const scale = Math.max(0.05, Math.min(12, view.scale * by)), real = scale / view.scale;
  view.x = x - (x - view.x) * real; view.y = y - (y - view.y) * real; view.scale = scale;
  draw();
}

function tell(index) {
  tip.textContent = index < 0 ? "" : `${nodes[index].label}: ${near[index].size} linked here. ${index === chosen ? "Enter opens its page" : "Click for its page"}`;
}

function listen() {
  let drag = null;
  canvas.addEventListener("pointerdown", (e) => { drag = [e.clientX, e.clientY]; moved = false; canvas.setPointerCapture(e.pointerId); });
  canvas.addEventListener("pointermove", (e) => {
    if (drag) {
      if (Math.hypot(e.clientX - drag[0], e.clientY - drag[1]) > 3) moved = true;
      view.x += e.clientX - drag[0]; view.y += e.clientY - drag[1]; drag = [e.clientX, e.clientY];
    } else {
      over = under(e); tell(over);
    }
    canvas.style.cursor = over >= 0 ? "pointer" : "grab";
    draw();
  });
  canvas.addEventListener("pointerup", (e) => { drag = null; const hit = under(e); if (!moved && hit >= 0) location.assign(nodes[hit].href); });
  canvas.addEventListener("pointerleave", () => { over = -1; tell(chosen); draw(); });
  canvas.addEventListener("wheel", (e) => { e.preventDefault(); zoom(Math.exp(-e.deltaY / 400), e.offsetX, e.offsetY); }, { passive: false });
  canvas.addEventListener("keydown", key);
  document.getElementById("in").addEventListener("click", () => zoom(1.4));
  document.getElementById("out").addEventListener("click", () => zoom(1 / 1.4));
  document.getElementById("fit").addEventListener("click", () => { fit(); draw(); });
  addEventListener("resize", () => { fit(); draw(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

function key(event) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (event.key in steps) chosen = (chosen + steps[event.key] + nodes.length + (chosen < 0 && steps[event.key] < 0 ? 1 : 0)) % nodes.length;
  else if (event.key === "Enter" && chosen >= 0) location.assign(nodes[chosen].href);
  else if (event.key === "+") zoom(1.4);
  else if (event.key === "-") zoom(1 / 1.4);
  else if (event.key === "Escape") chosen = -1;
  else return;
  event.preventDefault();
  tell(chosen);
  draw();
}

async function start() {
  tip.textContent = "Drawing …";
  const got = await fetch(`/network/data${location.search}`);
  if (!got.ok) { tip.textContent = await got.text(); return; }
  const data = await got.json();
  nodes = data.nodes.map((node) => ({ ...node, x: 0, y: 0, size: radius(node) }));
  edges = data.edges;
  near = nodes.map(() => new Set());
  for (const [a, b] of edges) { near[a].add(b); near[b].add(a); }
  const layout = new Worker("/static/layout.js");
  layout.onmessage = ({ data: { x, y, done } }) => {
    nodes.forEach((node, index) => { node.x = x[index]; node.y = y[index]; });
    if (!placed || !moved) { placed = true; fit(); }
    draw();
    if (done) { layout.terminate(); tip.textContent = ""; canvas.dataset.done = "true"; }
  };
  layout.postMessage({ nodes: nodes.length, edges });
  listen();
}

if (canvas) start();
