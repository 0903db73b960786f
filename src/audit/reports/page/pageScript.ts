import { SCRIPT_BASICS } from './scriptBasics.js';
import { SCRIPT_FIXES } from './scriptFixes.js';
import { SCRIPT_LIST } from './scriptList.js';
import { SCRIPT_MAP } from './scriptMap.js';
import { SCRIPT_NOTES } from './scriptNotes.js';
import { SCRIPT_OBJECTS } from './scriptObjects.js';
import { SCRIPT_OVERVIEW } from './scriptOverview.js';
import { SCRIPT_STATE } from './scriptState.js';

/** The script of the report page, as it is sent to browsers; it reads the summary from its data block,
 * or from the service that `data-at` names, and containers when a reader opens them. */
export const PAGE_SCRIPT = `'use strict';
(async () => {
let S;
${SCRIPT_BASICS}
const page = document.querySelector('.audit');
if (typeof DecompressionStream === 'undefined') {
  document.getElementById('gaps').append('This browser is too old for the tables of this report; open it in one of 2023 or later.');
  return;
}
const json = async (address) => {
  const answer = await fetch(address);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail || body.title);
  return body;
};
try {
  S = page.dataset.at === undefined ? await unpacked(document.getElementById('audit-summary').textContent) : await json(page.dataset.at + '/summary.json');
} catch (error) {
  fill(document.getElementById('gaps'), h('p', { class: 'notice' }, 'The audit cannot be read: ' + error.message));
  return;
}
${SCRIPT_STATE}${SCRIPT_OVERVIEW}${SCRIPT_MAP}${SCRIPT_FIXES}${SCRIPT_OBJECTS}${SCRIPT_LIST}${SCRIPT_NOTES}
fill(byId('objects'), h('h2', { id: 'objects-title', tabindex: '-1' }, 'Images'), h('form', { id: 'filters', class: 'tools', role: 'search', 'aria-label': 'Filter', submit: (e) => e.preventDefault() }), h('p', { id: 'looking', role: 'status', class: 'soft' }), h('div', { id: 'list' }));
byId('objects').tabIndex = -1;
state = readState();
renderOverview();
addEventListener('hashchange', refresh);
addEventListener('beforeprint', () => document.querySelectorAll('#notes details').forEach((d) => { if (d.id !== 'shapes') d.open = true; }));
document.addEventListener('click', (e) => {
  const opener = e.target.closest('[data-open]');
  if (opener) { e.preventDefault(); const d = byId(opener.dataset.open); if (d) { d.open = true; d.scrollIntoView(); d.querySelector('summary').focus(); } }
});
await refresh();
})();
`;
