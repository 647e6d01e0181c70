// Numbers, times and elements as the page writes them.

/** 1234567 as 1,234,567. */
export const count = (n) => Math.round(n).toLocaleString('en');

/** Records per second: 0.4/s, 13/s, 1,250/s. */
export const rate = (n) => `${n < 10 ? n.toFixed(1).replace(/\.0$/, '') : count(n)}/s`;

/** 21 ms, 3.4 s; – for none. */
export const millis = (n) => (n == null ? '–' : n < 1000 ? `${Math.round(n)} ms` : seconds(n / 1000));

/** 8 s, 5 min, 3.2 h, 2.9 d. */
export function seconds(n) {
  if (n < 10) return `${n.toFixed(1).replace(/\.0$/, '')} s`;
  if (n < 120) return `${Math.round(n)} s`;
  if (n < 7200) return `${Math.round(n / 60)} min`;
  return n < 172800 ? `${(n / 3600).toFixed(1)} h` : `${(n / 86400).toFixed(1)} d`;
}

/** 512 B, 3.4 kB, 120 MB. */
export function bytes(n) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1000;
    unit += 1;
  }
  return `${n < 10 && unit > 0 ? n.toFixed(1) : Math.round(n)} ${units[unit]}`;
}

/** 0.934 as 93 %. */
export const percent = (share) => `${Math.round(share * 100)} %`;

/** The time of day. */
export const clock = (at) => new Date(at).toLocaleTimeString('en-GB');

const SVG = 'http://www.w3.org/2000/svg';

function make(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An element of HTML with attributes and children (elements or text). */
export const html = (tag, attributes = {}, ...children) => make(document.createElement(tag), attributes, children);

/** The same of SVG. */
export const svg = (tag, attributes = {}, ...children) => make(document.createElementNS(SVG, tag), attributes, children);

export const byId = (id) => document.getElementById(id);

/** Sets text where it differs, so that what is selected or read aloud stays. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Terms and what they are, in a dl. */
export function pairs(list, entries) {
  while (list.children.length > entries.length * 2) list.lastChild.remove();
  entries.forEach(([term, value], i) => {
    if (list.children.length <= i * 2) list.append(html('dt'), html('dd'));
    say(list.children[i * 2], term);
    say(list.children[i * 2 + 1], value);
  });
}

/** Rows of text in a tbody; a cell is text, or {text, class}. The first one is the row's heading. */
export function rows(body, lines) {
  while (body.rows.length > lines.length) body.lastChild.remove();
  lines.forEach((cells, i) => {
    const row = body.rows[i] ?? body.appendChild(html('tr'));
    cells.forEach((cell, column) => {
      const place = row.children[column] ?? row.appendChild(column ? html('td') : html('th', { scope: 'row' }));
      const { text, kind = '' } = typeof cell === 'object' ? cell : { text: cell };
      say(place, String(text));
      if (place.className !== kind) place.className = kind;
    });
  });
}

/** A bar in a cell, which says a share of one; kept and changed. */
export function bar(cell, share, kind = '') {
  let picture = cell.firstElementChild;
  if (!picture) {
    picture = svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('rect', { class: 'back', width: 100, height: 10 }), svg('rect', { class: 'fill', height: 10 }));
    cell.append(picture);
  }
  picture.setAttribute('class', `bar ${kind}`);
  picture.lastElementChild.setAttribute('width', (Math.min(1, Math.max(0, share)) * 100).toFixed(1));
}

/** Steps of something that goes from one to the next: {title, note, kind}, of kind done, now, next or bad. */
export function stages(list, entries) {
  while (list.children.length > entries.length) list.lastChild.remove();
  entries.forEach(({ title, note, kind }, i) => {
    const item = list.children[i] ?? list.appendChild(html('li', {}, html('strong'), html('span')));
    if (item.className !== kind) item.className = kind;
    if (kind === 'now') item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
    say(item.firstElementChild, title);
    say(item.lastElementChild, note);
  });
}

/** surface-defects as Surface defects. */
export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll('-', ' ').replaceAll('_', ' ');
