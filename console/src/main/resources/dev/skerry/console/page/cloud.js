// The warehouse: the tables of what has reached the cloud.
import { byId, count, rows, say, seconds } from './text.js';

const age = (page, table) => (table.newestAt ? `${seconds(Math.max(0, (page.at - table.newestAt) / 1000))} ago` : 'never');

/** Shows a page. */
export function show(page) {
  const { isThere, tables, tasks, restarts } = page.warehouse;
  byId('warehouse').hidden = !isThere;
  if (!isThere) return;
  const health = page.flow.nodes.warehouse?.health ?? 'unknown';
  const said = Object.entries(tasks).map(([state, n]) => `${count(n)} ${state}`).join(', ');
  const state = byId('warehouse-state');
  say(state, said ? `tasks: ${said}` : health === 'up' ? 'no task has failed' : health);
  state.className = `pill ${tasks.failed ? 'down' : health}`;
  say(byId('warehouse-note'), tables.length
    ? `${count(tables.reduce((sum, table) => sum + table.rows, 0))} rows${restarts ? `; ${count(restarts)} restarts of tasks that had failed` : ''}`
    : 'No table yet: the first rows make them.');
  byId('tables').parentElement.hidden = tables.length === 0;
  rows(byId('tables').tBodies[0], tables.map((table) => [table.name, count(table.rows), age(page, table)]));
}
