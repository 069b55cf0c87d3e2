/** What means something in HTML, Markdown, YAML, CSV or a script, and must be a text in each output. */
const ATTACKS = [
  '</title><script>document.title="owned"</script>',
  '</script><script>globalThis.owned = 1</script>',
  '"><img src=x onerror="globalThis.owned=1">',
  "'; globalThis.owned = 1; '",
  '<!-- <b> &lt;i&gt; -->',
  '[link](javascript:alert(1)) ![image](http://x.example/y.png) https://evil.example',
  '| a | `b` ``c`` \\| \\\\| \\',
  '=HYPERLINK("http://evil.example")',
  '# Heading',
  '- 1. + @everyone #12 :smile:',
  '\u202eright to left\u2028 and \u0000 and \u001b[31m',
  '*strong* _em_ ~~gone~~ ${x} {{y}}',
];

/** A catalog, as its file has it, in which every text is an attack. */
export const HOSTILE_CATALOG = {
  id: 'hostile',
  name: ATTACKS[0] as string,
  version: 2,
  docs: {
    guide: { title: ATTACKS[2] as string, address: 'javascript:globalThis.owned=1', licence: ATTACKS[1] as string },
    page: { title: ATTACKS[1] as string, address: 'https://x.example/"><script>globalThis.owned=1</script>' },
  },
  envelope: { code: '/code', message: '/message' },
  retry: { base: '1500ms', cap: '2m' },
  entries: ATTACKS.map((text, i) => ({
    id: `attack-${i}`,
    match: { status: [400, '5xx'], code: [text, `CODE_${i}`] },
    category: 'validation',
    title: text,
    cause: { general: text.replaceAll(/[{}]/g, '(') },
    causes: [text.replaceAll(/[{}]/g, '(')],
    resolution: [text.replaceAll(/[{}]/g, '('), 'Do nothing.'],
    retry: { advice: 'backoff', reason: text.replaceAll(/[{}]/g, '('), after: '90s' },
    source: { doc: i % 2 === 0 ? 'guide' : 'page', section: text },
    see: ['javascript:globalThis.owned=1', 'https://docs.example.com/errors', text],
    example: { code: text, message: text },
    headers: { 'Retry-After': text },
  })).map((entry) => ({ ...entry, title: entry.title.replaceAll(/[{}]/g, '(') })),
};
