// From doubts to a better model: what may leave the site, where the circle stands, and what has drifted.
import { bar, byId, bytes, capital, clock, count, html, pairs, percent, rate, rows, say, seconds, stages } from './text.js';

const PHASES = { collecting: 'collecting', training: 'training', judging: 'at the gate', trial: 'on trial' };
const ORDER = ['', 'collecting', '', 'training', 'judging', 'trial'];

const REFUSALS = { egress_none: 'May not leave the site' };

function budgets(page) {
  const { samples, bytes: size, refused, budgets: spent } = page.retraining;
  pairs(byId('retraining'), [
    ['Doubts per second', rate(page.flow.arrows.candidates.perSecond)],
    ['Samples taken', `${count(samples)}, ${bytes(size)}`],
    ...spent.map((budget) => [`Of this ${budget.period}’s budget`,
      `${count(budget.records)} of ${count(budget.recordsLimit)}, ${bytes(budget.bytes)} of ${bytes(budget.bytesLimit)}`]),
    ...Object.entries(refused).map(([reason, n]) => [REFUSALS[reason] ?? `Refused: ${reason.replaceAll('_', ' ')}`, count(n)]),
  ]);
}

function gate(last) {
  if (!last) return ['Gate', 'nothing yet', false];
  const result = last.result.toLowerCase();
  return [`Gate: ${result}`, `${last.version}, ${seconds(last.seconds)}`, result === 'refused' || result === 'failed'];
}

function circle(page, loop) {
  const last = loop.outcomes.at(-1);
  const released = page.models.find((model) => model.model === loop.champion?.model);
  const [verdict, verdictNote, isBad] = gate(last);
  const at = ORDER.lastIndexOf(loop.phase);
  const titles = [
    ['Samples', count(page.retraining.samples), true],
    ['Labelled', loop.trainsAt == null ? count(loop.labelled) : `${count(loop.labelled)}; ${count(loop.fresh)} new of ${count(loop.trainsAt)}`, loop.labelled > 0],
    ['Dataset', loop.dataset ? `${loop.dataset.version}: ${count(loop.dataset.samples)} samples` : 'none yet', loop.dataset != null],
    ['Training', loop.training ? `${loop.training.version}, because of ${loop.training.trigger}` : last ? `${last.version} at ${clock(last.startedAtMillis)}` : 'none yet', last != null],
    [verdict, verdictNote, last != null],
    ['Trial', released?.canary ? `${released.canary} on ${percent(released.share)} of the devices` : 'no canary', last != null && released?.champion === last.version],
    ['Champion', loop.champion ? `${released?.champion ?? loop.champion.version}${loop.unknown.length ? `; does not know ${loop.unknown.join(', ')}` : ''}` : '–', true],
  ];
  stages(byId('loop-stages'), titles.map(([title, note, isDone], i) => ({
    title, note, kind: i === at ? 'now' : i === 4 && isBad ? 'bad' : isDone ? 'done' : 'next' })));
}

function trainings(outcomes) {
  const body = byId('trainings').tBodies[0];
  const newest = [...outcomes].reverse();
  rows(body, newest.map((outcome) => [String(outcome.datasetVersion), count(outcome.samples), `${outcome.model} ${outcome.version}`,
    outcome.result.toLowerCase(), { text: outcome.reason, kind: 'text' }]));
  newest.forEach((outcome, i) => {
    const cell = body.rows[i].children[5] ?? body.rows[i].appendChild(html('td', {}, html('a', { target: '_blank', rel: 'noopener' })));
    const link = cell.firstElementChild;
    const where = `/reports/${outcome.datasetVersion}`;
    if (link.getAttribute('href') !== where) link.setAttribute('href', where);
    say(link, `Report ${outcome.datasetVersion}`);
  });
}

function retraining(page) {
  const { loop } = page;
  budgets(page);
  const phase = byId('loop-phase');
  phase.hidden = !loop;
  byId('loop-stages').hidden = !loop;
  byId('trainings-part').hidden = !loop?.outcomes.length;
  if (!loop) return;
  say(phase, loop.training?.line ?? PHASES[loop.phase] ?? loop.phase);
  phase.className = `pill ${loop.phase === 'collecting' ? 'idle' : 'starting'}`;
  circle(page, loop);
  trainings(loop.outcomes);
}

function drift({ drift: now }) {
  const state = byId('drift-state');
  say(state, now.drifting ? `${count(now.drifting)} of ${count(now.measured)} drift` : now.measured ? 'steady' : 'not measured');
  state.className = `pill ${now.drifting ? 'starting' : now.measured ? 'up' : 'idle'}`;
  byId('drift-note').hidden = now.measured > 0;
  byId('drift-lines').parentElement.hidden = now.measured === 0;
  const body = byId('drift-lines').tBodies[0];
  rows(body, now.farthest.map((line) => [`${capital(line.stream)} ${line.subject.toLowerCase()}`, line.name,
    '', { text: `${line.index.toFixed(3)} of ${line.threshold.toFixed(2)}`, kind: line.drifting ? 'low' : '' },
    { text: line.drifting ? 'drifting' : 'steady', kind: line.drifting ? 'low' : '' }]));
  now.farthest.forEach((line, i) => bar(body.rows[i].children[2], line.threshold ? line.index / line.threshold : 0, line.drifting ? 'bad' : ''));
}

/** Shows a page. */
export function show(page) {
  retraining(page);
  drift(page);
}
