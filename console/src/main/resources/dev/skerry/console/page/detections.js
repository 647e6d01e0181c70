// The newest detections, and the telemetry behind one: the frame with its boxes, or the readings as curves.
import { byId, clock, html, millis, percent, say, svg } from './text.js';

/** Of the words at boxes, in pixels of the page. */
const LETTER = 12;
let lines = [];
let pinned = null;
const shown = { frame: '', curves: '' };

const place = (line) => `${line.topic}/${line.partition}/${line.offset}`;
const kindOf = (line) => (line.topic === 'telemetry-frames' ? 'frame' : 'curves');

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
  shown[kindOf(line)] = ''; // What is shown already is now kept, and says so.
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
const isShown = (line) => shown[kindOf(line)] === place(line);
/** Whether people have asked to keep another of its kind, perhaps while this one was on its way. */
const isUnwanted = (line) => pinned && kindOf(pinned) === kindOf(line) && place(pinned) !== place(line);
const objects = (line) => line.boxes.map((box) => `${box.label} ${percent(box.confidence)}`).join(', ');

/** In the picture's own pixels and fitted as the picture is, whatever the shape of the place for it. */
function boxes(line, image) {
  const { naturalWidth: width, naturalHeight: height } = image;
  const screen = byId('frame').firstElementChild;
  const pixel = Math.max(width / screen.clientWidth, height / screen.clientHeight); // One of the page's.
  const letter = LETTER * pixel;
  const overlay = svg('svg', { class: 'boxes', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', 'font-size': letter });
  for (const box of line.boxes) {
    const [left, top] = [box.x * width, box.y * height];
    const isRight = box.x + box.width / 2 > 0.5; // Its words go to where there is room.
    overlay.append(svg('rect', { x: left, y: top, width: box.width * width, height: box.height * height }),
      svg('text', { x: isRight ? left + box.width * width : left, y: top < letter * 1.3 ? top + letter * 1.1 : top - letter * 0.3, 'text-anchor': isRight ? 'end' : 'start' },
        `${box.label} ${percent(box.confidence)}`));
  }
  return overlay;
}

function showFrame(line) {
  const image = new Image();
  image.alt = `Frame of ${caption(line)}${line.boxes.length ? `; in it ${objects(line)}` : ''}`;
  image.addEventListener('load', () => {
    if (isUnwanted(line)) return;
    const screen = byId('frame').firstElementChild;
    screen.replaceChildren(image);
    if (line.boxes.length) screen.append(boxes(line, image));
    say(byId('frame').lastElementChild, caption(line));
  });
  image.addEventListener('error', () => {
    if (!isUnwanted(line)) say(byId('frame').lastElementChild, `The frame of ${line.device} is no longer kept`);
  });
  image.src = `/telemetry/${place(line)}`;
}

async function showCurves(line) {
  const answer = await fetch(`/telemetry/${place(line)}`);
  const said = answer.ok ? await answer.json() : await answer.text();
  if (isUnwanted(line)) return;
  if (!answer.ok) {
    say(byId('curves').lastElementChild, said);
    return;
  }
  const { channels, steps } = said;
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
  const kind = kindOf(line);
  if (isShown(line)) return;
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
