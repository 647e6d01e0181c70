// What stands first, the link, the classes and the ledger.
import { bar, byId, bytes, clock, count, html, millis, pairs, percent, rate, rows, say, seconds } from './text.js';

function link(page) {
  const now = page.link;
  const state = byId('link-state');
  say(state, now.state);
  state.className = `pill ${now.state.split(' ')[0]}`;
  const share = (part, all) => `${bytes(Math.max(0, part))} of ${bytes(all)} (${percent(Math.max(0, part / all))})`;
  const saved = now.keptBytes > 0 ? share(now.keptBytes - now.sentBytes, now.keptBytes) : '–';
  pairs(byId('link-figures'), [
    ['Waiting', `${count(now.records)} records, ${bytes(now.bytes)}`],
    ['Oldest waits', now.records ? seconds(now.waitingSeconds) : '–'],
    ['Room left', now.roomSeconds ? seconds(now.roomSeconds) : '–'],
    ['Crossing', `${rate(now.recordsPerSecond)}, ${bytes(now.sentPerSecond)}/s`],
    ['Stayed at the site', saved],
    ['Saved by compression', now.packedBytes > 0 ? share(now.contentBytes - now.packedBytes, now.contentBytes) : '–'],
  ]);
  rows(byId('link-topics').tBodies[0], now.topics.map((topic) => [topic.topic, count(topic.records), bytes(topic.bytes),
    topic.records ? seconds(topic.seconds) : '–', seconds(topic.roomSeconds), topic.bytesEach ? `${bytes(topic.bytesEach)} each` : '–']));
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
    bar(row.children[2], n / streams.get(stream));
    say(row.children[3], `${percent(n / streams.get(stream))}, ${count(n)}`);
  });
}

const SHOWN = 12;
const MARKS = { COMPLETE: '✓', PENDING: '…', MISSING: '−', DOUBLED: '+', DIFFERS: '≠', UNKNOWN: '?' };

const WRONG = ['MISSING', 'DOUBLED', 'DIFFERS'];

/** Whether all that was judged adds up, and which minutes that are. */
function judged({ ledger: lines, answers }) {
  const windows = lines.flatMap((line) => line.windows.slice(-SHOWN));
  const wrong = windows.filter((window) => WRONG.includes(window.verdict)).length;
  const state = byId('ledger-state');
  const isWrong = wrong > 0 || answers.twice > 0 || answers.gone > 0;
  say(state, wrong ? `${count(wrong)} minutes do not add up` : isWrong ? 'does not add up' : windows.length || answers.complete ? 'adds up' : 'not judged yet');
  state.className = `pill ${isWrong ? 'down' : windows.length || answers.complete ? 'up' : 'idle'}`;
  byId('ledger-note').hidden = windows.length > 0;
  byId('ledger-marks').hidden = windows.length === 0;
  const at = windows.map((window) => window.start);
  const minute = (time) => clock(time).slice(0, 5);
  say(byId('ledger-span'), `What the cloud has, minute by minute${at.length ? `, ${minute(Math.min(...at))} to ${minute(Math.max(...at))}` : ''}`);
}

function ledger(page) {
  pairs(byId('answers'), [
    ['Telemetry with an answer', count(page.answers.complete)],
    ['Without one', count(page.answers.unanswered)],
    ['Answered twice', count(page.answers.twice)],
    ['Deleted before an answer', count(page.answers.gone)],
  ]);
  judged(page);
  const body = byId('ledger-rows').tBodies[0];
  while (body.rows.length > page.ledger.length) body.lastChild.remove();
  page.ledger.forEach((line, i) => {
    const row = body.rows[i] ?? body.appendChild(html('tr', {}, html('th', { scope: 'row' })));
    say(row.firstElementChild, line.topic);
    const windows = line.windows.slice(-SHOWN);
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
  ledger(page);
}
