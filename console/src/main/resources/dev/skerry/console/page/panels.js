// Link, classes, models, ledger, retraining and parts.
import { byId, bytes, clock, count, html, millis, pairs, percent, rate, rows, say, seconds, svg } from './text.js';

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll('-', ' ').replaceAll('_', ' ');

function link(page) {
  const now = page.link;
  const state = byId('link-state');
  say(state, now.state);
  state.className = `pill ${now.state.split(' ')[0]}`;
  const saved = now.keptBytes > 0 ? `${bytes(Math.max(0, now.keptBytes - now.sentBytes))} of ${bytes(now.keptBytes)} (${percent(Math.max(0, 1 - now.sentBytes / now.keptBytes))})` : '–';
  pairs(byId('link-figures'), [
    ['Waiting', `${count(now.records)} records, ${bytes(now.bytes)}`],
    ['Oldest waits', now.records ? seconds(now.waitingSeconds) : '–'],
    ['Room left', now.roomSeconds ? seconds(now.roomSeconds) : '–'],
    ['Crossing', `${rate(now.recordsPerSecond)}, ${bytes(now.sentPerSecond)}/s`],
    ['Stayed at the site', saved],
  ]);
  rows(byId('link-topics').tBodies[0], now.topics.map((topic) => [topic.topic, count(topic.records), bytes(topic.bytes),
    topic.records ? seconds(topic.seconds) : '–', seconds(topic.roomSeconds)]));
}

function bar(row, share) {
  let picture = row.children[2].firstElementChild;
  if (!picture) {
    picture = svg('svg', { class: 'bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('rect', { class: 'back', width: 100, height: 10 }), svg('rect', { class: 'fill', height: 10 }));
    row.children[2].append(picture);
  }
  picture.lastElementChild.setAttribute('width', (share * 100).toFixed(1));
}

function classes(page) {
  const labels = new Map();
  const streams = new Map();
  for (const role of page.roles) {
    for (const [label, n] of Object.entries(role.labels)) {
      const key = JSON.stringify([role.stream, label]);
      labels.set(key, (labels.get(key) ?? 0) + n);
      streams.set(role.stream, (streams.get(role.stream) ?? 0) + n);
    }
  }
  const body = byId('classes').tBodies[0];
  const sorted = [...labels].map(([key, n]) => [...JSON.parse(key), n]).sort((a, b) => a[0].localeCompare(b[0]) || a[1].localeCompare(b[1]));
  while (body.rows.length > sorted.length) body.lastChild.remove();
  sorted.forEach(([stream, label, n], i) => {
    const row = body.rows[i] ?? body.appendChild(html('tr', {}, html('th', { scope: 'row' }), html('td'), html('td'), html('td')));
    say(row.children[0], stream);
    say(row.children[1], label);
    bar(row, n / streams.get(stream));
    say(row.children[3], `${percent(n / streams.get(stream))}, ${count(n)}`);
  });
}

function models(page) {
  const cards = byId('model-cards');
  const streams = [...new Set(page.roles.map((role) => role.stream))].sort();
  while (cards.children.length > streams.length) cards.lastChild.remove();
  streams.forEach((stream, i) => {
    const roles = page.roles.filter((role) => role.stream === stream && role.role !== 'shadow')
      .sort((a, b) => b.role.localeCompare(a.role) || b.count - a.count).slice(0, 3);
    const card = cards.children[i] ?? cards.appendChild(html('div', { class: 'scroll', tabindex: '0', role: 'group' },
      html('table', {}, html('caption', { class: 'hidden-text' }), html('tbody'))));
    card.setAttribute('aria-label', `Models of ${stream}`);
    const table = card.firstElementChild;
    say(table.caption, `Models of ${stream}`);
    const line = (name, of) => [name, ...roles.map(of)];
    const width = roles.length + 1;
    if (table.tBodies[0].rows[0] && table.tBodies[0].rows[0].children.length !== width) table.tBodies[0].replaceChildren();
    rows(table.tBodies[0], [
      line(capital(stream), (role) => `${role.role === 'champion' ? 'Champion' : 'Canary'} ${role.version}`),
      line('Answers', (role) => count(role.count)),
      line('Unsure', (role) => percent(role.lowShare)),
      line('Mean confidence', (role) => percent(role.confidence)),
      line('Mean latency', (role) => millis(role.latency)),
    ]);
  });
  if (page.steps.length) steps(page.steps);
}

function steps(all) {
  const list = byId('steps');
  while (list.children.length > all.length) list.lastChild.remove();
  all.forEach((step, i) => {
    const item = list.children[i] ?? list.appendChild(html('li'));
    const evidence = Object.entries(step.evidence).map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`).join(', ');
    say(item, `${clock(step.at)} ${step.model} ${step.version} ${step.step.toLowerCase()}${step.share ? ` (${percent(step.share)} of the devices)` : ''}: ${step.reason}${evidence ? ` [${evidence}]` : ''}`);
  });
}

const MARKS = { COMPLETE: '✓', PENDING: '…', MISSING: '−', DOUBLED: '+', DIFFERS: '≠', UNKNOWN: '?' };

function ledger(page) {
  pairs(byId('answers'), [
    ['Telemetry with an answer', count(page.answers.complete)],
    ['Without one', count(page.answers.unanswered)],
    ['Answered twice', count(page.answers.twice)],
    ['Gone unanswered', count(page.answers.gone)],
  ]);
  byId('ledger-note').hidden = page.ledger.length > 0;
  const body = byId('ledger-rows').tBodies[0];
  while (body.rows.length > page.ledger.length) body.lastChild.remove();
  page.ledger.forEach((line, i) => {
    const row = body.rows[i] ?? body.appendChild(html('tr', {}, html('th', { scope: 'row' })));
    say(row.firstElementChild, line.topic);
    const windows = line.windows.slice(-12);
    while (row.children.length > windows.length + 1) row.lastChild.remove();
    windows.forEach((window, column) => {
      const cell = row.children[column + 1] ?? row.appendChild(html('td', {}, html('span', { 'aria-hidden': 'true' }), html('span', { class: 'hidden-text' })));
      const words = `${clock(window.start).slice(0, 5)}: ${window.verdict.toLowerCase()}${window.difference ? ` ${count(window.difference)}` : ''}, site ${window.edge ?? '–'}, cloud ${window.cloud}`;
      cell.className = `minute ${window.verdict.toLowerCase()}`;
      if (cell.title !== words) cell.title = words;
      say(cell.firstElementChild, MARKS[window.verdict] ?? '?');
      say(cell.lastElementChild, words);
    });
  });
}

function retraining(page) {
  const { samples, bytes: size, refused, budgets } = page.retraining;
  pairs(byId('retraining'), [
    ['Doubts per second', rate(page.flow.arrows.candidates.perSecond)],
    ['Samples taken', `${count(samples)}, ${bytes(size)}`],
    ...budgets.map((spent) => [`Of this ${spent.period}’s budget`,
      `${count(spent.records)} of ${count(spent.recordsLimit)}, ${bytes(spent.bytes)} of ${bytes(spent.bytesLimit)}`]),
    ...Object.entries(refused).map(([reason, n]) => [`Refused: ${reason.replaceAll('_', ' ')}`, count(n)]),
  ]);
}

function problems(page) {
  const place = byId('problems');
  const text = page.problems.join(' ');
  place.hidden = !text;
  say(place, text);
  const down = Object.entries(page.flow.nodes).filter(([, node]) => node.health === 'down').map(([name]) => name);
  const starting = Object.entries(page.flow.nodes).filter(([, node]) => node.health === 'starting').map(([name]) => name);
  const state = byId('state');
  state.className = `pill ${down.length ? 'down' : starting.length ? 'starting' : 'up'}`;
  say(state, down.length ? `down: ${down.join(', ')}` : starting.length ? `starting: ${starting.join(', ')}` : 'well');
}

function figures(page) {
  const { now, totals } = page;
  say(byId('site'), page.site);
  say(byId('now-in'), rate(now.in));
  say(byId('now-out'), rate(now.out));
  say(byId('now-latency'), `${millis(now.p50)} / ${millis(now.p99)}`);
  say(byId('now-lag'), count(now.unanswered));
  say(byId('now-letters'), count(totals.deadLetters));
  say(byId('now-backlog'), count(now.backlog));
}

/** Shows a page. */
export function show(page) {
  problems(page);
  figures(page);
  link(page);
  classes(page);
  models(page);
  ledger(page);
  retraining(page);
}
