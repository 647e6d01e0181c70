// The newest detections, and the telemetry behind one: the frame with its boxes, or the readings as curves.
import { byId, clock, html, millis, percent, say, svg } from './text.js';

let lines = [];
let pinned = null;
const shown = { frame: '', curves: '' };

const place = (line) => `${line.topic}/${line.partition}/${line.offset}`;
const isFrame = (line) => line.topic === 'telemetry-frames';

function row(index) {
  const body = byId('detections').tBodies[0];
  if (body.rows[index]) return body.rows[index];
  const button = html('button', { type: 'button', class: 'small' });
  button.addEventListener('click', () => pin(lines[index]));
  const made = html('tr', {}, html('th', { scope: 'row' }), html('td', {}, button), html('td'), html('td'), html('td'), html('td'));
  return body.appendChild(made);
}

function pin(line) {
  pinned = line;
  byId('follow').hidden = false;
  look(line);
}

function list() {
  lines.forEach((line, i) => {
    const [time, device, label, sure, latency, model] = row(i).children;
    say(time, clock(line.at));
    say(device.firstChild, line.device);
    say(label, line.label);
    say(sure, percent(line.confidence));
    sure.className = line.low ? 'low' : '';
    say(latency, millis(line.latency));
    say(model, `${line.model} ${line.version}${line.role === 'champion' ? '' : ` (${line.role})`}`);
  });
}

const caption = (line) => `${line.device}: ${line.label}, ${percent(line.confidence)} sure, ${clock(line.at)}${line === pinned ? ' (kept)' : ''}`;

function boxes(line) {
  const overlay = svg('svg', { class: 'boxes', viewBox: '0 0 100 100', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  for (const box of line.boxes) {
    overlay.append(svg('rect', { x: box.x * 100, y: box.y * 100, width: box.width * 100, height: box.height * 100 }),
      svg('text', { x: box.x * 100, y: Math.max(5, box.y * 100 - 1) }, `${box.label} ${percent(box.confidence)}`));
  }
  return overlay;
}

function showFrame(line) {
  const image = new Image();
  image.alt = `Frame of ${caption(line)}`;
  image.addEventListener('load', () => {
    byId('frame').firstElementChild.replaceChildren(image, ...(line.boxes.length ? [boxes(line)] : []));
    say(byId('frame').lastElementChild, caption(line));
  });
  image.addEventListener('error', () => say(byId('frame').lastElementChild, `The frame of ${line.device} is no longer kept`));
  image.src = `/telemetry/${place(line)}`;
}

async function showCurves(line) {
  const answer = await fetch(`/telemetry/${place(line)}`);
  if (!answer.ok) {
    say(byId('curves').lastElementChild, await answer.text());
    return;
  }
  const { channels, steps } = await answer.json();
  const strip = 100 / Math.max(1, channels.length);
  const picture = svg('svg', { viewBox: '0 0 300 100', preserveAspectRatio: 'none', role: 'img',
    'aria-label': `${channels.length} channels of ${steps} readings of ${line.device}` });
  channels.forEach((values, channel) => {
    const low = Math.min(...values);
    const span = Math.max(...values) - low || 1;
    const y = (value) => strip * (channel + 0.92 - (0.84 * (value - low)) / span);
    const points = values.map((value, i) => `${((i * 300) / Math.max(1, values.length - 1)).toFixed(1)},${y(value).toFixed(2)}`);
    picture.append(svg('polyline', { class: `curve c${channel % 4}`, points: points.join(' ') }));
  });
  byId('curves').firstElementChild.replaceChildren(picture);
  say(byId('curves').lastElementChild, `${caption(line)}; ${channels.length} × ${steps} readings`);
}

function look(line) {
  const kind = isFrame(line) ? 'frame' : 'curves';
  if (shown[kind] === place(line)) return;
  shown[kind] = place(line);
  if (kind === 'frame') showFrame(line);
  else showCurves(line).catch(() => { shown.curves = ''; });
}

/** Shows a page. */
export function show(page) {
  lines = page.detections;
  list();
  if (pinned || document.hidden) return;
  page.newest.forEach(look);
}

byId('follow').addEventListener('click', () => {
  pinned = null;
  byId('follow').hidden = true;
});
