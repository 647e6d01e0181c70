// The flow as a picture: parts coloured by health, rates and what waits on the arrows.
import { byId, count, rate, rows, say, svg } from './text.js';

const NODES = {
  devices: 'Devices', broker: 'Edge Kafka', 'inference-processor': 'Inference', letters: 'Dead letters',
  aggregator: 'Aggregator', 'retrain-feeder': 'Selection', link: 'Link', cloud: 'Cloud Kafka', warehouse: 'Warehouse', retrain: 'Training',
};
const MAY_LACK = ['warehouse', 'retrain'];
const ARROWS = [
  ['devices', 'broker', 'in'], ['broker', 'inference-processor', 'telemetry'], ['inference-processor', 'aggregator', 'detections'],
  ['inference-processor', 'letters', 'letters'], ['inference-processor', 'retrain-feeder', 'candidates'],
  ['aggregator', 'link', 'aggregates'], ['retrain-feeder', 'link', 'samples'], ['link', 'cloud', 'link'],
  ['cloud', 'warehouse', 'rows'], ['cloud', 'retrain', 'training'], ['retrain', 'inference-processor', 'models'],
];
const WIDE = {
  box: '0 0 1172 296', width: 122, height: 58,
  at: { devices: [2, 46], broker: [212, 46], 'inference-processor': [422, 46], letters: [422, 186], aggregator: [632, 46],
    'retrain-feeder': [632, 186], link: [842, 116], cloud: [1048, 116], warehouse: [1048, 8], retrain: [1048, 224] },
};
const NARROW = {
  box: '0 0 344 666', width: 140, height: 54,
  at: { devices: [2, 4], broker: [2, 104], 'inference-processor': [2, 204], letters: [202, 204], aggregator: [2, 304],
    'retrain-feeder': [202, 304], link: [102, 404], cloud: [102, 504],
    warehouse: [2, 608], retrain: [202, 608] },
};
const narrow = matchMedia('(max-width: 700px)');
let nodes = {};
let arrows = {};
let last = null;

function route(layout, from, to) {
  const [ax, ay] = layout.at[from];
  const [bx, by] = layout.at[to];
  const { width: w, height: h } = layout;
  if (from === 'retrain') { // Back to where the models serve, below all else.
    const y = ay + h - 12;
    return { path: `M${ax} ${y}H${bx - 22}V${by + h + 46}H${bx + 18}V${by + h + 4}`, x: (ax + bx) / 2, y, below: 16, above: -8 };
  }
  if (by + h < ay && bx === ax) {
    return { path: `M${ax + w / 2} ${ay}V${by + h + 4}`, x: ax + w / 2 + 38, y: (ay + by + h) / 2 + 4, below: 14, above: 0 };
  }
  if (bx >= ax + w) {
    const y = by + h / 2;
    if (ay === by) return { path: `M${ax + w} ${y}H${bx - 4}`, x: (ax + w + bx) / 2 + 6, y, below: 16, above: -8 };
    const late = to === 'link'; // Two arrows end there: each has its figures where it begins.
    const turn = late ? bx - 22 : ax + w + 14;
    const isTight = bx - turn < 60; // Then its figures stand over where it ends.
    const path = `M${ax + w} ${ay + h / 2}H${turn}V${y}H${bx - 4}`;
    if (isTight && !late) return { path, x: bx + w / 2, y: by - 20, below: 13, above: 0 };
    return { path, x: late ? ax + w + 34 : (turn + bx) / 2 + 4, y: late ? ay + h / 2 : y, below: 16, above: -8 };
  }
  const x = bx + w / 2;
  const turn = (ay + h + by) / 2 - 12;
  const path = `M${ax + w / 2} ${ay + h}V${turn}H${x}V${by - 4}`;
  return to === 'link' ? { path, x: ax + w / 2, y: turn + 16, below: 14, above: 0 } : { path, x: x + 40, y: by - (ax === bx ? 24 : 16), below: 13, above: 0 };
}

function build() {
  const layout = narrow.matches ? NARROW : WIDE;
  const picture = svg('svg', { viewBox: layout.box, role: 'img', 'aria-label': 'The flow of records through the site; the table below says the same' });
  const marker = svg('marker', { id: 'head', viewBox: '0 0 8 8', refX: 6, refY: 4, markerWidth: 5, markerHeight: 5, orient: 'auto' },
    svg('path', { d: 'M0 0L8 4L0 8z', fill: 'context-stroke' }));
  picture.append(svg('defs', {}, marker));
  arrows = {};
  for (const [from, to, name] of ARROWS) {
    if (layout === NARROW && name === 'models') continue; // There is no room for it.
    const way = route(layout, from, to);
    const above = svg('text', { x: way.x, y: way.y + way.above });
    const below = svg('text', { x: way.x, y: way.y + way.below, class: 'lag' });
    const group = svg('g', { class: 'arrow' }, svg('path', { d: way.path, 'marker-end': 'url(#head)' }), above, below);
    arrows[name] = { group, above, below };
    picture.append(group);
  }
  nodes = {};
  for (const [name, title] of Object.entries(NODES)) {
    const [x, y] = layout.at[name];
    const detail = svg('text', { class: 'detail', x: x + layout.width / 2, y: y + 44 });
    const group = svg('g', { class: 'node' },
      svg('rect', { x, y, width: layout.width, height: layout.height, rx: 9 }),
      svg('text', { x: x + layout.width / 2, y: y + 24 }, title), detail);
    nodes[name] = { group, detail };
    picture.append(group);
  }
  byId('flow-picture').replaceChildren(picture);
}

function parts(page) {
  const known = page.flow.nodes;
  const health = (name) => known[name]?.health ?? 'unknown';
  return {
    devices: [page.now.in > 0 ? 'up' : 'idle', `${rate(page.flow.arrows.frames.perSecond)} frames`],
    broker: [health('broker'), health('broker')],
    'inference-processor': [health('inference-processor'), page.now.batch == null ? health('inference-processor') : `batch ${page.now.batch.toFixed(1)}`],
    letters: [page.totals.deadLetters > 0 ? 'starting' : 'idle', count(page.totals.deadLetters)],
    aggregator: [health('aggregator'), health('aggregator')],
    'retrain-feeder': [health('retrain-feeder'), `${count(page.retraining.samples)} samples`],
    link: [page.link.state.split(' ')[0], page.link.state.split('(')[0]],
    cloud: [health('cloud'), health('cloud') === 'unknown' ? 'not asked' : health('cloud')],
    warehouse: [health('warehouse'), page.warehouse.tables.length ? `${count(page.warehouse.tables.reduce((sum, table) => sum + table.rows, 0))} rows` : health('warehouse')],
    retrain: [health('retrain'), page.loop?.phase ?? health('retrain')],
  };
}

const kind = (arrow) => `arrow${arrow.perSecond > 0 ? ' moving' : ''}${arrow.waiting > 100 ? ' waiting' : ''}${arrow.waiting > 100 && arrow.perSecond <= 0 ? ' stuck' : ''}`;

/** Shows a page. */
export function show(page) {
  last = page;
  for (const [name, [health, detail]] of Object.entries(parts(page))) {
    nodes[name].group.setAttribute('class', `node ${health}`);
    say(nodes[name].detail, detail);
  }
  const lacks = (name) => MAY_LACK.includes(name) && !page.flow.nodes[name];
  for (const name of MAY_LACK) nodes[name].group.style.display = lacks(name) ? 'none' : '';
  const canary = page.models.find((model) => model.canary);
  const all = { ...page.flow.arrows, in: { perSecond: page.now.in, waiting: 0 }, models: { perSecond: canary ? 1 : 0, waiting: 0 } };
  const table = [];
  for (const [from, to, name] of ARROWS) {
    const arrow = all[name];
    const isLacking = lacks(from) || lacks(to);
    const figure = name === 'models' ? (canary ? `${canary.canary} is tried` : 'models') : rate(arrow.perSecond);
    if (!isLacking) table.push([`${NODES[from]} → ${NODES[to]}`, figure, count(arrow.waiting)]);
    if (!arrows[name]) continue;
    arrows[name].group.style.display = isLacking ? 'none' : '';
    arrows[name].group.setAttribute('class', kind(arrow));
    say(arrows[name].above, figure);
    say(arrows[name].below, arrow.waiting > 0 ? `${count(arrow.waiting)} wait` : '');
  }
  rows(byId('flow-table').tBodies[0], table);
}

narrow.addEventListener('change', () => {
  build();
  if (last) show(last);
});
build();
