// Models: champion and canary side by side, and the steps of what was released.
import { byId, capital, clock, count, html, millis, percent, rate, rows, say, stages } from './text.js';

const WORDS = { RECEIVED: 'Received', REFUSED: 'Refused', SHADOWED: 'In the shadow', CANARIED: 'Canary', PROMOTED: 'Promoted', WITHDRAWN: 'Withdrawn', REVOKED: 'Revoked' };
const BAD = ['REFUSED', 'WITHDRAWN', 'REVOKED'];
const LAST = [...BAD, 'PROMOTED'];
const MOST_COLUMNS = 3;

function trail(latest, steps) {
  const taken = steps.filter((step) => step.model === latest.model && step.version === latest.version).reverse();
  const list = taken.map((step, i) => ({
    title: `${WORDS[step.step] ?? step.step.toLowerCase()}${step.step === 'CANARIED' && step.share ? ` ${percent(step.share)}` : ''}`,
    note: clock(step.at),
    kind: BAD.includes(step.step) ? 'bad' : i === taken.length - 1 && !LAST.includes(step.step) ? 'now' : 'done',
  }));
  if (!taken.some((step) => LAST.includes(step.step))) list.push({ title: 'Promoted', note: 'or withdrawn', kind: 'next' });
  return list;
}

/** Those that answer now, or else those that answered most; the champion first. */
function answering(page, stream) {
  const roles = page.roles.filter((role) => role.stream === stream && role.role !== 'shadow');
  const now = roles.filter((role) => role.perSecond > 0);
  return (now.length ? now : roles).sort((a, b) => b.role.localeCompare(a.role) || b.count - a.count).slice(0, MOST_COLUMNS);
}

const COUNTS = ['samples', 'records', 'runs', 'slowRuns', 'errors'];
const words = (name) => capital(name.replace(/^millis/, 'time').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replace('.', ' of '));

/** A figure of the evidence as people write it. */
function write(name, value) {
  if (value == null) return '–';
  if (COUNTS.includes(name)) return count(value);
  return name.startsWith('millis') ? `${Number(value.toPrecision(2))} ms` : `${(value * 100).toFixed(1)} %`;
}

/** What decided the last step: a line for each figure, under whose it is. */
function decisive(latest, roles) {
  const figures = latest?.evidence ?? {};
  if (!roles.some((role) => role.version === latest?.version)) return [];
  const names = [...new Set(Object.keys(figures).map((name) => name.replace(/^(champion|canary)\./, '')))];
  return names.map((name) => [words(name), ...roles.map((role) =>
    write(name, figures[`${role.role}.${name}`] ?? (role.version === latest.version ? figures[name] : null)))]);
}

function card(place, page, stream) {
  const [title, release, steps, scroll] = place.children;
  const latest = page.models.find((model) => model.stream === stream);
  say(title, capital(stream));
  say(release, latest ? `Latest release: ${latest.model} ${latest.version}` : 'As it came with the site: nothing was released since');
  stages(steps, latest ? trail(latest, page.steps) : []);
  const roles = answering(page, stream);
  const all = roles.reduce((sum, role) => sum + role.perSecond, 0);
  const table = scroll.firstElementChild;
  scroll.setAttribute('aria-label', `Models of ${stream}`);
  say(table.caption, `Models of ${stream}`);
  const line = (name, of) => [name, ...roles.map(of)];
  const body = table.tBodies[0];
  if (body.rows[0] && body.rows[0].children.length !== roles.length + 1) body.replaceChildren();
  rows(body, [
    line('Who answers', (role) => `${capital(role.role)} ${role.version}`),
    line('Now', (role) => (all ? `${rate(role.perSecond)}, ${percent(role.perSecond / all)}` : '–')),
    line('Answers', (role) => count(role.count)),
    line('Unsure', (role) => percent(role.lowShare)),
    line('Mean confidence', (role) => percent(role.confidence)),
    line('Latency now, mean', (role) => millis(role.latency)),
    ...decisive(latest, roles),
  ]);
}

const empty = () => html('div', { class: 'model' }, html('h3'), html('p', { class: 'note' }), html('ol', { class: 'stages' }),
  html('div', { class: 'scroll', tabindex: '0', role: 'group' }, html('table', {}, html('caption', { class: 'hidden-text' }), html('tbody'))));

function evidence(step) {
  return Object.entries(step.evidence)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => `${words(name).toLowerCase()} ${write(name, value)}`)
    .join(', ');
}

function history(all) {
  const list = byId('steps');
  while (list.children.length > all.length) list.lastChild.remove();
  all.forEach((step, i) => {
    const item = list.children[i] ?? list.appendChild(html('li', {}, html('span'), html('small')));
    say(item.firstElementChild, `${clock(step.at)} ${step.model} ${step.version} ${(WORDS[step.step] ?? step.step).toLowerCase()}: ${step.reason}`);
    say(item.lastElementChild, evidence(step));
  });
}

/** Shows a page. */
export function show(page) {
  const cards = byId('model-cards');
  const streams = [...new Set(page.roles.map((role) => role.stream))].sort();
  while (cards.children.length > streams.length) cards.lastChild.remove();
  streams.forEach((stream, i) => card(cards.children[i] ?? cards.appendChild(empty()), page, stream));
  if (page.steps.length) history(page.steps);
}
