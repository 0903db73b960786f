/**
 * The script of the query page, as it is sent to browsers. It makes elements and sets texts, never markup, so that no name
 * or value of the data can become an element; links lead to http(s) only.
 */
export const QUERY_SCRIPT = String.raw`'use strict';
(() => {
  const form = document.getElementById('query-form');
  const text = document.getElementById('query-text');
  const status = document.getElementById('status');
  const results = document.getElementById('results');
  const format = document.getElementById('format');
  const { base, prefix } = form.dataset;
  const ROWS = 1000;
  let running;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const hrefOf = (iri) => {
    if (!/^https?:\/\//i.test(iri)) return undefined;
    const path = iri.startsWith(base + '/') ? iri.slice(base.length) : '';
    if (path.length > 1 && !/^\/\/|[?#\\]|\/\.{1,2}(\/|$)/.test(path)) return prefix + path;
    return prefix + '/describe?iri=' + encodeURIComponent(iri);
  };

  const cellOf = (term) => {
    if (!term) return element('td', { className: 'unbound' });
    const numeric = /#(integer|decimal|double|float|int|long)$/.test(term.datatype || '');
    const cell = element('td', { className: numeric ? 'number' : '' });
    const href = term.type === 'uri' ? hrefOf(term.value) : undefined;
    if (href) {
      const shown = term.value.startsWith(base + '/') ? term.value.slice(base.length + 1) : term.value;
      cell.append(element('a', { href, title: term.value, textContent: shown }));
    } else cell.textContent = term.value;
    if (term['xml:lang']) cell.append(element('span', { className: 'lang', textContent: ' @' + term['xml:lang'] }));
    return cell;
  };

  const showTable = ({ head, results: { bindings } }) => {
    const names = head.vars;
    const header = element('tr', {}, ...names.map((n) => element('th', { scope: 'col', textContent: n })));
    const rows = bindings.slice(0, ROWS).map((row) => element('tr', {}, ...names.map((n) => cellOf(row[n]))));
    const table = element('table', {}, element('thead', {}, header), element('tbody', {}, ...rows));
    results.append(element('div', { className: 'scroll' }, table));
    return bindings.length + (bindings.length === 1 ? ' row' : ' rows') +
      (bindings.length > ROWS ? ', the first ' + ROWS + ' are shown; download has all' : '');
  };

  const showError = async (response) => {
    const problem = await response.json().catch(() => ({ title: 'Error ' + response.status, detail: '' }));
    status.className = 'notice';
    status.textContent = problem.title + ': ' + problem.detail;
    const place = /line (\d+)(?:, column (\d+))?/.exec(problem.detail);
    if (!place) return;
    const lines = text.value.split('\n');
    const start = lines.slice(0, place[1] - 1).reduce((sum, l) => sum + l.length + 1, 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[place[1] - 1] || '').length);
  };

  const run = async () => {
    if (running) running.abort();
    const mine = new AbortController();
    running = mine;
    status.className = '';
    status.textContent = 'Running …';
    results.replaceChildren();
    const started = performance.now();
    try {
      const response = await fetch(form.action, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/sparql-query',
          Accept: 'application/sparql-results+json, text/turtle',
        },
        body: text.value,
        signal: mine.signal,
      });
      if (!response.ok) return await showError(response);
      const type = response.headers.get('Content-Type') || '';
      let what = 'graph as Turtle';
      if (type.includes('json')) {
        const answer = await response.json();
        if ('boolean' in answer) {
          results.append(element('p', { className: 'boolean', textContent: answer.boolean ? 'yes' : 'no' }));
          what = 'answer';
        } else what = showTable(answer);
      } else results.append(element('pre', { tabIndex: 0, textContent: await response.text() }));
      status.textContent = what + ' · ' + ((performance.now() - started) / 1000).toFixed(2) + ' s';
      history.replaceState(null, '', form.action + '?query=' + encodeURIComponent(text.value));
    } catch (error) {
      if (mine.signal.aborted) return;
      status.className = 'notice';
      status.textContent = 'The service cannot be reached: ' + error.message;
    }
  };

  form.addEventListener('submit', (event) => {
    if (event.submitter && event.submitter.id === 'download') return;
    event.preventDefault();
    run();
  });
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  for (const button of document.querySelectorAll('button.example')) {
    button.addEventListener('click', () => {
      text.value = button.dataset.query;
      format.value = /^\s*(CONSTRUCT|DESCRIBE)\b/im.test(text.value) ? 'ttl' : 'csv';
      run();
    });
  }
  if (text.dataset.run) run();
})();
`;
