'use strict';

/* A sample at a time: shown, labelled or skipped, and taken back where that was wrong. */

const PAGE = 50;
const LOOK_AGAIN_MILLIS = 5000;
const SVG = 'http://www.w3.org/2000/svg';

const at = (id) => document.getElementById(id);
const skipped = new Set();
const done = []; // What was labelled last stands last: {id, before, number}.

let waiting = [];
let current = null;
let classesByStream = new Map();
let busy = false;

async function ask(path, method, body) {
  const options = { method: method || 'GET', headers: {} };
  if (body !== undefined) {
    options.headers['content-type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  const json = await answer.json();
  if (!answer.ok) {
    throw new Error(json.error || answer.statusText);
  }
  return json;
}

function say(text, isProblem) {
  at('message').textContent = text;
  at('message').classList.toggle('problem', Boolean(isProblem));
}

/* One thing at a time; what fails is said and changes nothing. */
async function exclusively(action) {
  if (busy) {
    return;
  }
  busy = true;
  try {
    await action();
  } catch (problem) {
    say(problem.message, true);
  } finally {
    busy = false;
    at('undo').disabled = done.length === 0;
  }
}

function chosenStream() {
  return at('stream').value;
}

async function readStreams() {
  const { streams } = await ask('v1/streams');
  classesByStream = new Map(streams.map((each) => [each.stream, each.classes]));
  const select = at('stream');
  const known = new Set(Array.from(select.options, (option) => option.value));
  for (const each of streams) {
    if (!known.has(each.stream)) {
      select.append(new Option(each.stream, each.stream));
    }
  }
}

async function readWaiting() {
  const stream = chosenStream();
  const query = new URLSearchParams({ state: 'unlabelled', limit: String(PAGE) });
  if (stream) {
    query.set('stream', stream);
  }
  let found = [];
  let before;
  do {
    if (before !== undefined) {
      query.set('before', String(before));
    }
    const page = await ask('v1/samples?' + query);
    found = found.concat(page.samples.filter((sample) => !skipped.has(sample.sampleId)));
    before = page.before;
    showCounts(page.counts);
  } while (found.length === 0 && before !== undefined);
  waiting = found;
}

function showCounts(counts) {
  at('counts').textContent =
    `${counts.unlabelled} without a label, ${counts.labelled} labelled, ${counts.unusable} unusable`;
}

async function next() {
  await readStreams();
  while (true) {
    if (waiting.length === 0) {
      await readWaiting();
    }
    const head = waiting.shift();
    if (head === undefined) {
      showNothing();
      return;
    }
    try {
      show(await ask('v1/samples/' + head.sampleId));
      return;
    } catch (gone) {
      skipped.add(head.sampleId); // Kept no longer: the next one, then.
    }
  }
}

function showNothing() {
  current = null;
  at('card').hidden = true;
  at('nothing').hidden = false;
}

function show(sample) {
  current = sample;
  at('nothing').hidden = true;
  at('card').hidden = false;
  at('title').textContent = `${sample.stream}: ${sample.device} at ${sample.site}`;
  at('caption').textContent =
    `${new Date(sample.eventTime).toLocaleString()}, sampled for ${sample.reasons.join(', ').toLowerCase().replaceAll('_', ' ')}`;
  showPayload(sample);
  showAnswer(sample);
  showClasses(sample);
}

function showPayload(sample) {
  const picture = at('picture');
  const plot = at('plot');
  picture.hidden = !sample.frame;
  plot.hidden = !sample.readings;
  if (sample.frame) {
    picture.src = sample.frame.image;
    picture.alt = `Picture of ${sample.device}, ${sample.frame.width} by ${sample.frame.height} pixels`;
  } else {
    picture.removeAttribute('src');
  }
  plot.replaceChildren(...(sample.readings ? [drawn(sample.readings)] : []));
}

/* Each channel in a strip of its own, with its least and greatest value. */
function drawn(readings) {
  const width = 1000;
  const strip = 160;
  const shown = Math.min(readings.channels, 8);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${width} ${strip * shown}`);
  svg.setAttribute('role', 'img');
  const spoken = [];
  for (let channel = 0; channel < shown; channel++) {
    const values = readings.values
      .slice(channel * readings.steps, (channel + 1) * readings.steps)
      .map(Number);
    const finite = values.filter(Number.isFinite);
    const least = Math.min(...finite);
    const greatest = Math.max(...finite);
    const range = greatest - least || 1;
    const points = values.map((value, step) => {
      const x = readings.steps === 1 ? width / 2 : (step / (readings.steps - 1)) * width;
      const y = strip * (channel + 1) - 20 - ((value - least) / range) * (strip - 45);
      return Number.isFinite(y) ? `${x.toFixed(1)} ${y.toFixed(1)}` : null;
    });
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', 'M' + points.filter((point) => point !== null).join('L'));
    const text = document.createElementNS(SVG, 'text');
    text.setAttribute('x', '4');
    text.setAttribute('y', String(strip * channel + 16));
    text.textContent = `channel ${channel + 1}: ${short(least)} to ${short(greatest)}`;
    spoken.push(text.textContent);
    svg.append(path, text);
  }
  const rest = readings.channels > shown ? `, ${readings.channels - shown} more channels not shown` : '';
  svg.setAttribute('aria-label', `Plot of ${readings.steps} steps, ${spoken.join(', ')}${rest}`);
  return svg;
}

function short(value) {
  return Number.isFinite(value) ? Number(value.toPrecision(3)).toString() : 'unknown';
}

function showAnswer(sample) {
  at('said').textContent =
    `${sample.model} ${sample.modelVersion}: ${sample.predicted}, confidence ${short(sample.confidence)}`;
  const scores = Object.entries(sample.scores).sort((one, other) => other[1] - one[1]);
  at('scores').replaceChildren(
    ...scores.map(([name, score]) => {
      const item = document.createElement('li');
      item.textContent = `${name} ${short(Number(score))}`;
      return item;
    }));
}

function showClasses(sample) {
  const classes = classesByStream.get(sample.stream) || [];
  const given = sample.label && !sample.label.withdrawn ? sample.label.label : null;
  at('classes').replaceChildren(
    ...classes.map((name, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(name === given));
      if (index < 9) {
        const key = document.createElement('kbd');
        key.textContent = String(index + 1);
        button.append(key, ' ');
        button.setAttribute('aria-keyshortcuts', String(index + 1));
      }
      button.append(name);
      button.addEventListener('click', () => label({ label: name }, name));
      return button;
    }));
}

function labeller() {
  const by = at('by').value.trim();
  if (!by) {
    at('by').focus();
    throw new Error('Say who you are first: a label bears a name');
  }
  return by;
}

function label(what, spoken) {
  return exclusively(async () => {
    if (current === null) {
      return;
    }
    const sample = current;
    await ask(`v1/samples/${sample.sampleId}/label`, 'PUT', { ...what, labelledBy: labeller() });
    done.push({ id: sample.sampleId, before: sample.label });
    say(`${sample.device} is labelled ${spoken}`);
    await next();
  });
}

function skip() {
  return exclusively(async () => {
    if (current !== null) {
      skipped.add(current.sampleId);
      say(`${current.device} was skipped`);
      await next();
    }
  });
}

function undo() {
  return exclusively(async () => {
    const last = done[done.length - 1];
    if (last === undefined) {
      return;
    }
    const path = `v1/samples/${last.id}/label`;
    const before = last.before;
    if (before && !before.withdrawn) {
      const what = before.unusable ? { unusable: true } : { label: before.label };
      await ask(path, 'PUT', { ...what, labelledBy: before.labelledBy });
    } else {
      await ask(path, 'DELETE', { labelledBy: labeller() });
    }
    done.pop();
    if (current !== null) {
      waiting.unshift(current);
    }
    show(await ask('v1/samples/' + last.id));
    await countAgain();
    say('The last label was taken back');
  });
}

async function countAgain() {
  const stream = chosenStream();
  showCounts((await ask('v1/samples?limit=1' + (stream ? '&stream=' + encodeURIComponent(stream) : ''))).counts);
}

function changeStream() {
  return exclusively(async () => {
    waiting = [];
    await next();
  });
}

function onKey(event) {
  const typing = event.target.closest('input, select, textarea');
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
    return;
  }
  const key = event.key.toLowerCase();
  if (key === 's') {
    skip();
  } else if (key === 'u') {
    undo();
  } else if (key === 'x') {
    label({ unusable: true }, 'unusable');
  } else if (key >= '1' && key <= '9') {
    at('classes').querySelectorAll('button')[Number(key) - 1]?.click();
  } else {
    return;
  }
  event.preventDefault();
}

at('by').value = localStorage.getItem('labelledBy') || '';
at('by').addEventListener('change', () => localStorage.setItem('labelledBy', at('by').value.trim()));
at('settings').addEventListener('submit', (event) => event.preventDefault());
at('stream').addEventListener('change', changeStream);
at('skip').addEventListener('click', skip);
at('undo').addEventListener('click', undo);
at('unusable').addEventListener('click', () => label({ unusable: true }, 'unusable'));
at('other').addEventListener('submit', (event) => {
  event.preventDefault();
  const name = at('other-name').value.trim();
  if (name) {
    at('other-name').value = '';
    label({ label: name }, name);
  }
});
document.addEventListener('keydown', onKey);
setInterval(() => {
  if (current === null) {
    exclusively(next);
  }
}, LOOK_AGAIN_MILLIS);
exclusively(next);
