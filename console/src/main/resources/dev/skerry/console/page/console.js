// The page: follows the console's events and hands them to its parts.
import * as charts from './charts.js';
import * as cloud from './cloud.js';
import * as detections from './detections.js';
import * as flow from './flow.js';
import * as letters from './letters.js';
import * as loop from './loop.js';
import * as models from './models.js';
import * as orders from './orders.js';
import * as panels from './panels.js';
import { byId, say } from './text.js';

const THEME = 'skerry-theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

function paint() {
  const chosen = localStorage.getItem(THEME) ?? (dark.matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = chosen;
  say(byId('theme'), chosen === 'dark' ? 'Light' : 'Dark');
}

byId('theme').addEventListener('click', () => {
  localStorage.setItem(THEME, document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
  paint();
  charts.draw();
});
dark.addEventListener('change', () => {
  paint();
  charts.draw();
});
paint();

const events = new EventSource('/events');
events.addEventListener('history', (event) => charts.begin(JSON.parse(event.data)));
events.addEventListener('letters', (event) => letters.show(JSON.parse(event.data)));
events.addEventListener('page', (event) => {
  const page = JSON.parse(event.data);
  charts.add(page.now);
  for (const part of [panels, flow, detections, models, loop, cloud, orders]) part.show(page);
  document.documentElement.dataset.live = String(page.at);
});
events.addEventListener('error', () => {
  say(byId('state'), 'the console does not answer');
  byId('state').className = 'pill down';
});
