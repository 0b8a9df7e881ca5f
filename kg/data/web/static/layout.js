// A worker that places the nodes of a network: springs along the edges, repulsion by Barnes and Hut's quadtree.
// The same network is placed the same way each time: nothing here is random.

const THETA = 0.9;

function tree(x, y, n) {
  let least = Infinity, most = -Infinity;
  for (let i = 0; i < n; i++) { least = Math.min(least, x[i], y[i]); most = Math.max(most, x[i], y[i]); }
  const root = cell(least - 1, least - 1, most - least + 2);
  for (let i = 0; i < n; i++) insert(root, i, x[i], y[i], 0);
  return root;
}

function cell(left, top, size) { return { left, top, size, mass: 0, x: 0, y: 0, node: -1, parts: null }; }

function part(of, x, y) {
  const half = of.size / 2, right = x >= of.left + half, low = y >= of.top + half;
  const index = (right ? 1 : 0) + (low ? 2 : 0);
  of.parts[index] ??= cell(of.left + (right ? half : 0), of.top + (low ? half : 0), half);
  return of.parts[index];
}

function insert(of, node, x, y, depth) {
  if (of.mass > 0 && depth < 40) {
    if (!of.parts) {
      of.parts = [null, null, null, null];
      insert(part(of, of.x, of.y), of.node, of.x, of.y, depth + 1);
    }
    insert(part(of, x, y), node, x, y, depth + 1);
  }
  of.x = (of.x * of.mass + x) / (of.mass + 1);
  of.y = (of.y * of.mass + y) / (of.mass + 1);
  of.mass += 1;
  of.node = node;
}

function push(of, node, x, y, k, force) {
  if (!of || (of.node === node && !of.parts)) return;
  let dx = x - of.x, dy = y - of.y;
  const square = dx * dx + dy * dy + 0.01;
  if (of.parts && of.size * of.size > THETA * THETA * square) {
    for (const each of of.parts) push(each, node, x, y, k, force);
    return;
  }
  const strength = k * k * of.mass / square;
  force[0] += dx * strength;
  force[1] += dy * strength;
}

function step(graph, heat) {
  const { x, y, n, edges, k, pull } = graph;
  const fx = new Float64Array(n), fy = new Float64Array(n);
  const root = tree(x, y, n), force = [0, 0];
  for (let i = 0; i < n; i++) {
    force[0] = force[1] = 0;
    push(root, i, x[i], y[i], k, force);
    fx[i] = force[0] - x[i] * pull;
    fy[i] = force[1] - y[i] * pull;
  }
  for (const [a, b, weight] of edges) {
    const dx = x[a] - x[b], dy = y[a] - y[b], far = Math.sqrt(dx * dx + dy * dy) || 0.01;
    const strength = far / k * Math.min(2, 0.6 + Math.log1p(weight) / 3) / Math.sqrt(1 + Math.min(graph.degree[a], graph.degree[b]) / 4);
    fx[a] -= dx * strength; fy[a] -= dy * strength; fx[b] += dx * strength; fy[b] += dy * strength;
  }
  for (let i = 0; i < n; i++) {
    const length = Math.hypot(fx[i], fy[i]) || 1, moved = Math.min(length, heat);
    x[i] += fx[i] / length * moved;
    y[i] += fy[i] / length * moved;
  }
}

onmessage = ({ data }) => {
  const n = data.nodes, edges = data.edges, k = 34;
  const degree = new Float64Array(n);
  for (const [a, b] of edges) { degree[a]++; degree[b]++; }
  const x = new Float64Array(n), y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const angle = i * 2.399963, far = k * 0.8 * Math.sqrt(i);
    x[i] = far * Math.cos(angle); y[i] = far * Math.sin(angle);
  }
  const rounds = n > 800 ? 140 : 260, graph = { x, y, n, edges, k, degree, pull: 0.9 };
  for (let round = 0; round < rounds; round++) {
    step(graph, 60 * (1 - round / rounds) ** 1.5 + 0.5);
    if (round % 20 === 19) postMessage({ x: x.slice(), y: y.slice(), done: round + 1 === rounds });
  }
  postMessage({ x, y, done: true });
};
