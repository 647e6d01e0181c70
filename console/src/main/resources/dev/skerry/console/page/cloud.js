// The warehouse: the tables of what has reached the cloud.
import { byId, count, rows, say, seconds } from './text.js';

const age = (page, table) => (table.newestAt ? `${seconds(Math.max(0, (page.at - table.newestAt) / 1000))} ago` : 'never');

const inWords = (states) => Object.entries(states).map(([state, n]) => `${count(n)} ${state}`).join(', ');

const isWell = (states) => Object.keys(states).length > 0 && Object.keys(states).every((state) => state === 'running');

/** The list opens by itself when a task stops to run. */
function connectors(all) {
  const lines = Object.entries(all);
  const place = byId('connectors-part');
  place.hidden = lines.length === 0;
  rows(byId('connectors').tBodies[0], lines.map(([name, states]) => [name, { text: inWords(states) || 'none', kind: isWell(states) ? '' : 'low' }]));
  const areWell = String(lines.every(([, states]) => isWell(states)));
  if (areWell === 'false' && place.dataset.well !== areWell) place.open = true;
  place.dataset.well = areWell;
}

/** Shows a page. */
export function show(page) {
  const { isThere, tables, tasks, restarts } = page.warehouse;
  byId('warehouse').hidden = !isThere;
  if (!isThere) return;
  const health = page.flow.nodes.warehouse?.health ?? 'unknown';
  const said = inWords(tasks);
  const state = byId('warehouse-state');
  say(state, said ? `tasks: ${said}` : health === 'up' ? 'no task has failed' : health);
  state.className = `pill ${tasks.failed ? 'down' : health}`;
  say(byId('warehouse-note'), tables.length
    ? `${count(tables.reduce((sum, table) => sum + table.rows, 0))} rows${restarts ? `; ${count(restarts)} restarts of tasks that had failed` : ''}`
    : 'No table yet: the first rows make them.');
  byId('tables').parentElement.hidden = tables.length === 0;
  rows(byId('tables').tBodies[0], tables.map((table) => [table.name, count(table.rows), age(page, table)]));
  connectors(page.warehouse.connectors);
}
