// Ten minutes of rates, latencies, batches and backlogs.
import uPlot from './uplot/uPlot.js';
import { byId, clock, count, millis, rate } from './text.js';

const MOST = 600;
const CHARTS = [
  { id: 'chart-rates', lines: [['in', 'telemetry', '--one'], ['out', 'answers', '--two']],
    say: (m) => `telemetry ${rate(m.in)}, answers ${rate(m.out)}` },
  { id: 'chart-latency', isLog: true, lines: [['p50', 'p50', '--one'], ['p95', 'p95', '--four'], ['p99', 'p99', '--three']],
    say: (m) => `median ${millis(m.p50)}, 95 of 100 up to ${millis(m.p95)}, 99 of 100 up to ${millis(m.p99)}` },
  { id: 'chart-batch', lines: [['batch', 'batch', '--one'], ['unanswered', 'unanswered', '--four'], ['backlog', 'for the link', '--three']],
    say: (m) => `batch ${m.batch == null ? '–' : m.batch.toFixed(1)}, ${count(m.unanswered)} unanswered, ${count(m.backlog)} wait for the link` },
];
let moments = [];
let charts = [];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function build(chart) {
  const place = byId(chart.id);
  const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
  const options = {
    width: place.clientWidth, height: 190, pxAlign: false, cursor: { drag: { x: false, y: false }, points: { show: false } },
    scales: { y: chart.isLog
      ? { distr: 3, range: (u, low, high) => [1, 10 ** Math.max(2, Math.ceil(Math.log10(high || 1)))] }
      : { range: (u, low, high) => [0, Math.max(1, high * 1.1 || 1)] } },
    axes: [{ ...axis, space: 80, values: (u, times) => times.map((time) => clock(time * 1000)) },
      chart.isLog ? { ...axis, size: 56, filter: powers, grid: { ...axis.grid, filter: powers }, values: (u, all) => all.map((v) => (v == null ? '' : millis(v))) }
        : { ...axis, size: 56 }],
    legend: { live: false },
    series: [{}, ...chart.lines.map(([, label, name]) => ({
      label, stroke: colour(name), width: 1.6, spanGaps: true, points: { show: false },
      value: (u, v) => (v == null ? '–' : v < 10 ? v.toFixed(1) : count(v)),
    }))],
  };
  place.replaceChildren();
  return new uPlot(options, data(chart), place);
}

const powers = (u, all) => all.map((v) => (Number.isInteger(Number(Math.log10(v).toFixed(6))) ? v : null));

// A logarithm wants something above 0.
const shown = (chart, value) => (chart.isLog && value != null ? Math.max(1, value) : value);
const data = (chart) => [moments.map((m) => m.at / 1000), ...chart.lines.map(([field]) => moments.map((m) => shown(chart, m[field])))];

/** Builds all anew: at the start, and where colours have changed. */
export function draw() {
  charts.forEach((made) => made.destroy());
  charts = CHARTS.map(build);
}

/** Takes what was before the page was opened. */
export function begin(history) {
  moments = history.slice(-MOST);
  draw();
}

/** Takes a second more. */
export function add(moment) {
  moments.push(moment);
  if (moments.length > MOST) moments.shift();
  if (document.hidden) return;
  charts.forEach((made, i) => {
    made.setData(data(CHARTS[i]));
    if (moments.length % 5 === 0 || moments.length < 5) byId(CHARTS[i].id).setAttribute('aria-label', `Now: ${CHARTS[i].say(moment)}`);
  });
}

let width = 0;
new ResizeObserver(() => {
  if (innerWidth === width) return;
  width = innerWidth;
  charts.forEach((made, i) => made.setSize({ width: byId(CHARTS[i].id).clientWidth, height: 190 }));
}).observe(document.body);
