// Buttons, where the console belongs to a site on this machine.
import { byId, bytes, html, rows, say, seconds } from './text.js';

let forget = 0;

function tell(text) {
  byId('said').replaceChildren(html('span', {}, text));
  clearTimeout(forget);
  forget = setTimeout(() => byId('said').replaceChildren(), 8000);
}

async function give(button) {
  button.disabled = true;
  try {
    const answer = await fetch(`/orders/${button.dataset.order}`, { method: 'POST', headers: { 'X-Skerry-Console': '1' } });
    const text = await answer.text();
    tell(answer.headers.get('content-type') === 'application/json' ? JSON.parse(text).message : text);
  } catch {
    tell('The console does not answer.');
  } finally {
    button.disabled = false;
  }
}

const NAMES = { up: 'up', starting: 'starting', down: 'down' };

/** What a part says besides that it is well, and whether it has just come back. */
function said(page, name) {
  const lines = (page.flow.nodes[name]?.detail ?? '').split('\n').filter((line) => line && line !== 'ok');
  const at = page.restarts[name];
  return [...(at ? [`restarted ${seconds(Math.max(0, Math.round((page.at - at) / 1000)))} ago`] : []), ...lines].join('; ');
}

function parts(page) {
  const running = page.control.parts;
  const names = [...new Set([...Object.keys(page.flow.nodes).filter((name) => !['broker', 'cloud'].includes(name)), ...Object.keys(running)])].sort();
  const body = byId('part-rows').tBodies[0];
  rows(body, names.map((name) => {
    const node = page.flow.nodes[name];
    return [name, node ? NAMES[node.health] ?? node.health : running[name] ? 'runs' : '–',
      { text: said(page, name), kind: 'text' }, page.memory[name] ? bytes(page.memory[name]) : '–'];
  }));
  names.forEach((name, i) => process(body.rows[i], name, running[name]));
}

function process(row, name, pid) {
  const cell = row.children[4] ?? row.appendChild(html('td'));
  let button = cell.querySelector('button');
  if (!button) {
    button = html('button', { type: 'button', class: 'small' }, 'Kill', html('span', { class: 'hidden-text' }));
    button.addEventListener('click', () => give(button));
    cell.append(html('span'), ' ', button);
  }
  button.dataset.order = `kill/${name}`;
  button.hidden = !pid;
  say(button.lastElementChild, ` ${name}`);
  say(cell.firstElementChild, pid ? String(pid) : '–');
}

/** Shows a page. */
export function show(page) {
  const { orders, link } = page.control;
  for (const group of document.querySelectorAll('[data-order-group]')) {
    group.hidden = !orders.some((order) => order.split('/')[0] === group.dataset.orderGroup);
  }
  const cut = link === 'cut' || link === 'silent';
  for (const button of document.querySelectorAll('[data-order="link/cut"]')) button.disabled = cut;
  for (const button of document.querySelectorAll('[data-order="link/restore"]')) button.disabled = link === 'up';
  parts(page);
}

for (const button of document.querySelectorAll('[data-order]')) button.addEventListener('click', () => give(button));
