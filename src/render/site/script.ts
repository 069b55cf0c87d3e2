/**
 * The script of a site, in the order: search, its results, the keyboard. Without it every page is whole but for the
 * search. A word counts as in `catalog search`: most in a code or a status, then in the ID, the title and the cause.
 */
export const SCRIPT = `(() => {
  'use strict';
  const root = document.currentScript.dataset.root;
  const form = document.querySelector('form[role=search]');
  const input = form.querySelector('input');
  const panel = document.getElementById('results');
  const status = panel.querySelector('[role=status]');
  const list = panel.querySelector('ol');
  const MOST = 30;
  const WEIGHTS = [6, 8, 8, 4, 3, 2, 1];
  form.hidden = false;

  let loading;
  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = root + 'search-index.js';
      script.onload = () =>
        resolve(globalThis.errprobeIndex.map((row) => ({ row, texts: row.map((text) => text.toLowerCase()) })));
      script.onerror = () => reject(new Error('the index is missing'));
      document.head.append(script);
    });
    return loading;
  };

  const isLetter = (text) => /[\\p{L}\\p{N}]/u.test(text);
  const weighed = (text, word) => {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    return isLetter(text[at - 1] ?? ' ') || isLetter(text[at + word.length] ?? ' ') ? 0.6 : 1;
  };
  const weightOf = ({ texts }, words) => {
    let sum = 0;
    for (const word of words) {
      const weight = Math.max(...texts.map((text, i) => weighed(text, word) * WEIGHTS[i]));
      if (weight === 0) return 0;
      sum += weight;
    }
    return sum;
  };

  const part = (name, text, kind) => {
    const node = document.createElement(name);
    node.textContent = text;
    if (kind) node.className = kind;
    return node;
  };
  const resultOf = ([id, statuses, codes, title, catalog]) => {
    const link = document.createElement('a');
    link.href = root + id + '/index.html';
    const digit = /^[345]/.test(statuses) ? statuses[0] : '0';
    link.append(part('b', statuses, 'status s' + digit), ' ');
    if (codes) link.append(part('code', codes), ' ');
    link.append(part('span', title, 'title'), ' ', part('span', catalog, 'quiet'));
    const item = document.createElement('li');
    item.append(link);
    return item;
  };
  const show = async () => {
    const text = input.value;
    const words = text.toLowerCase().split(/\\s+/).filter(Boolean);
    panel.hidden = words.length === 0;
    if (panel.hidden) return;
    let all;
    try {
      all = await load();
    } catch {
      status.textContent = 'The search index cannot be read.';
      return;
    }
    if (input.value !== text) return;
    const found = all
      .map((entry) => ({ entry, weight: weightOf(entry, words) }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight);
    list.replaceChildren(...found.slice(0, MOST).map(({ entry }) => resultOf(entry.row)));
    status.textContent =
      found.length === 0
        ? 'No error found.'
        : found.length === 1
          ? '1 error'
          : found.length + ' errors' + (found.length > MOST ? ', the best ' + MOST + ' shown' : '');
  };
  const leave = () => {
    input.value = '';
    panel.hidden = true;
  };

  const links = () => (panel.hidden ? [] : [...list.querySelectorAll('a')]);
  const move = (by) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (at + by < 0) input.focus();
    else all[Math.min(at + by, all.length - 1)]?.focus();
  };
  const isTyping = ({ target }) => target.matches('input, textarea, select, [contenteditable]');

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await show();
    links()[0]?.click();
  });
  input.addEventListener('input', show);
  input.addEventListener('focus', () => {
    load().catch(() => {});
    show();
  });
  // A browser may restore what was typed before.
  if (input.value !== '') show();
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inSearch = event.target === input || panel.contains(event.target);
    if (event.key === '/' && !isTyping(event)) {
      input.focus();
      input.select();
    }
    else if (!inSearch) return;
    else if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') {
      leave();
      input.focus();
    } else return;
    event.preventDefault();
  });
  document.addEventListener('click', ({ target }) => {
    if (!panel.contains(target) && !form.contains(target)) panel.hidden = true;
  });
})();
`;
