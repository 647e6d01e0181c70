// Ten minutes of rates, latencies, batches and backlogs.
import uPlot from './uplot/uPlot.js';
import { byId, clock, count, millis, rate } from './text.js';

const MOST = 600;
const STEP_MILLIS = 5_000;
const most = (values) => Math.max(...values);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const CHARTS = [
  { id: 'chart-rates', lines: [['in', 'telemetry', '--one', mean], ['out', 'answers', '--two', mean]],
    say: (m) => `telemetry ${rate(m.in)}, answers ${rate(m.out)}` },
  { id: 'chart-latency', isLog: true, lines: [['p99', 'p99', '--three', most], ['p95', 'p95', '--four', most], ['p50', 'p50 (half are quicker)', '--one', mean]],
    say: (m) => `median ${millis(m.p50)}, 95 of 100 up to ${millis(m.p95)}, 99 of 100 up to ${millis(m.p99)}` },
  { id: 'chart-batch', lines: [['backlog', 'wait for the link', '--three', most], ['unanswered', 'unanswered', '--four', most], ['batch', 'batch (right)', '--one', mean, 'right']],
    say: (m) => `batch ${m.batch == null ? '–' : m.batch.toFixed(1)}, ${count(m.unanswered)} unanswered, ${count(m.backlog)} wait for the link` },
];
let moments = [];
let charts = [];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function build(chart) {
  const place = byId(chart.id);
  const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
  const hasRight = chart.lines.some((line) => line[4]);
  const options = {
    width: place.clientWidth, height: 190, pxAlign: false, cursor: { drag: { x: false, y: false }, points: { show: false } },
    scales: { y: chart.isLog
      ? { distr: 3, range: (u, low, high) => [1, 10 ** Math.max(2, Math.ceil(Math.log10(high || 1)))] }
      : { range: fromZero }, ...(hasRight ? { right: { range: fromZero } } : {}) },
    axes: [{ ...axis, space: 80, values: (u, times) => times.map((time) => clock(time * 1000)) },
      chart.isLog ? { ...axis, size: 56, filter: powers, grid: { ...axis.grid, filter: powers }, values: (u, all) => all.map((v) => (v == null ? '' : millis(v))) }
        : { ...axis, size: 56 }, ...(hasRight ? [{ ...axis, scale: 'right', side: 1, size: 40, grid: { show: false } }] : [])],
    legend: { live: false },
    series: [{}, ...chart.lines.map(([, label, name, , scale = 'y']) => ({
      label, scale, stroke: colour(name), width: 1.6, spanGaps: true, points: { show: false },
      value: (u, v) => (v == null ? '–' : v < 10 ? v.toFixed(1) : count(v)),
    }))],
  };
  place.replaceChildren();
  return new uPlot(options, data(chart), place);
}

const fromZero = (u, low, high) => [0, Math.max(1, high * 1.1 || 1)];
const powers = (u, all) => all.map((v) => (Number.isInteger(Number(Math.log10(v).toFixed(6))) ? v : null));

// A logarithm wants something above 0.
const shown = (chart, value) => (chart.isLog && value != null ? Math.max(1, value) : value);

/** A point for every five seconds: what a second alone did cannot be told apart anyway. */
function data(chart) {
  const steps = new Map();
  for (const moment of moments) {
    const at = (Math.floor(moment.at / STEP_MILLIS) * STEP_MILLIS) / 1000;
    if (!steps.has(at)) steps.set(at, []);
    steps.get(at).push(moment);
  }
  const of = ([field, , , combine]) => [...steps.values()].map((step) => {
    const values = step.map((moment) => moment[field]).filter((value) => value != null);
    return values.length ? shown(chart, combine(values)) : null;
  });
  return [[...steps.keys()], ...chart.lines.map(of)];
}

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
