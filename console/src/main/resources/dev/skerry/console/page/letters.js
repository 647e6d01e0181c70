// Dead letters, each with what can be read of the record.
import { byId, clock, html } from './text.js';

function letter(line) {
  const entry = (term, text) => [html('dt', {}, term), html('dd', {}, html('code', {}, text))];
  return html('details', { class: 'letter', 'data-id': line.id },
    html('summary', {}, `${clock(line.at)} ${line.reason.replaceAll('_', ' ').toLowerCase()} (${line.stage}): ${line.detail}`),
    html('dl', { class: 'pairs' }, ...entry('Record', line.source), ...entry('Key', line.key || '–'), ...entry('Can be read', line.decoded),
      ...entry('Bytes', line.bytes || '–'), ...entry('Headers', line.headers.join(', ') || '–'), ...entry('Dead letter', line.id)));
}

/** Shows the letters; those that are open stay open. */
export function show(lines) {
  const list = byId('letter-list');
  if (!lines.length) return;
  const before = new Map([...list.querySelectorAll('details')].map((each) => [each.dataset.id, each]));
  list.replaceChildren(...lines.map((line) => before.get(line.id) ?? letter(line)));
}
