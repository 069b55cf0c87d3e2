import { describe, expect, it } from 'vitest';
import { readSource } from '../../../src/catalogs/import/source.ts';
import { imported, matches } from './imported.ts';

const page = (text: string) => imported('errors.md', `# Errors\n\n${text}`);

const TABLE = `
| Status | Code | Description | How to fix | Retryable |
| --- | --- | --- | --- | --- |
| 400 Bad Request | \`bad_crate\` | The crate has no lid. | Put a lid on it. | No |
| 502 / 503 / 504 | | The depot is closed. | Come back later. | Yes, with backoff |
| 200 / 201 | | All went well. | | |
| 429 | \`too_fast\` | Too many crates. | Send fewer. | After Retry-After |
`;

describe('an import of a table', () => {
  it('reads each row by what its cells are', () => {
    const entries = page(TABLE);
    expect(matches(entries)).toEqual(['400 bad_crate', '502/503/504', '429 too_fast']);
    expect(entries[0]).toMatchObject({
      cause: 'The crate has no lid.',
      resolution: ['Put a lid on it.'],
      retry: { advice: 'never' },
      source: { section: 'Errors', address: 'errors' },
    });
    expect(entries.map(({ retry }) => retry?.advice)).toEqual(['never', 'backoff', 'wait']);
  });

  it.each([
    ['a header that names a code over statuses', '| Code | Meaning |', '| 418 | The pot is a teapot. |', ['418']],
    ['codes without a status', '| Error | What happened |', '| `LID_MISSING` | There is no lid. |', ['LID_MISSING']],
    ['numbers as codes', '| Error code | Message |', '| 10017 | Unknown crate |', ['10017']],
    ['several codes in a cell', '| Error code | Message |', '| `A_B`, `C_D` | Unknown crate |', ['A_B/C_D']],
    ['a class of statuses', '| HTTP | Meaning |', '| 5xx | The depot burns. |', ['5xx']],
    ['an open range', '| HTTP | Meaning |', '| 500 and up | The depot burns. |', ['5xx']],
    ['a phrase beside the status', '| Code | Meaning |', '| 404 Not Found | No crate there. |', ['404']],
    ['Spanish', '| Estado | Significado | Acción |', '| 409 | La caja ya existe. | Use otra caja. |', ['409']],
    ['Japanese', '| ステータス | 説明 | 対処 |', '| 422 | 箱が不正です。 | 箱を確認してください。 |', ['422']],
    ['Russian', '| Код | Описание | Решение |', '| 403 | Нет доступа. | Проверьте ключ. |', ['403']],
    ['Arabic', '| رمز الحالة | الوصف | الحل |', '| 404 | الصندوق غير موجود. | تحقق من الرقم. |', ['404']],
    ['Indonesian', '| Kode | Keterangan | Solusi |', '| `no_lid` | Tutup tidak ada. | Pasang tutup. |', ['no_lid']],
    ['Chinese', '| 错误码 | 说明 | 处理建议 |', '| 40012 | 箱子不存在 | 请检查箱子 |', ['40012']],
  ])('understands %s', (_, header, row, expected) => {
    const bars = header.replaceAll(/[^|]+/g, '---');
    expect(matches(page(`${header}\n${bars}\n${row}\n`))).toEqual(expected);
  });

  it('leaves no placeholder in a title, however many braces it is written with', () => {
    const [entry] = page('| Error code | Message |\n|---|---|\n| 66 | Put {{LABEL}} on the {crate}. |\n');
    expect(entry?.title).toBe('Put LABEL on the crate');
  });

  it('quotes a placeholder in a text with all of its braces', () => {
    const [entry] = page(
      '| Error code | Message | Solution |\n|---|---|---|\n| 66 | The {{crate}} is shut. | Ask {owner}. |\n',
    );
    expect(entry).toMatchObject({ cause: 'The `{{crate}}` is shut.', resolution: ['Ask `{owner}`.'] });
  });

  it('splits a cell with a cause and a solution', () => {
    const [entry] = page(
      '| Code | Overview |\n|---|---|\n| 401 - Wrong key | **Cause:** The key is wrong. <br> **Solution:** Use another key. |\n',
    );
    expect(entry).toMatchObject({
      match: { status: [401] },
      title: 'Wrong key',
      cause: 'The key is wrong.',
      resolution: ['Use another key.'],
    });
  });

  it('makes an entry of each wording below a heading with the status', () => {
    const entries = page(
      '## 400 Bad Request\n\n| Message | Why |\n|---|---|\n| `No lid.` | It was lost. |\n| `Too big.` | It is big. |\n',
    );
    expect(entries.map(({ match, cause, causes }) => [match.message?.[0], cause ?? causes?.[0]])).toEqual([
      ['No lid.', 'It was lost.'],
      ['Too big.', 'It is big.'],
    ]);
  });

  it.each([
    ['a range of codes', '| Status | Error code | Text |', '| 400 | 40000 - 40099 | Wrong crates. |', ['400']],
    ['exit codes', '| Code | Exit | Meaning |', '| `LID_LOST` | 3 | The lid is lost. |', ['LID_LOST']],
  ])('knows %s', (_, header, row, expected) => {
    const entries = page(`${header}\n${header.replaceAll(/[^|]+/g, '---')}\n${row}\n`);
    expect(matches(entries)).toEqual(expected);
    expect(entries[0]?.title).not.toMatch(/^\d/);
  });

  it('takes numbers for codes where some of them are no statuses', () => {
    const rows = ['429 | Too fast', '100 | No such crate', '601 | Wrong lid', '602 | No lid', '603 | No crate'];
    const entries = imported('codes.md', `# Response codes\n\nCode | Meaning\n---|---\n${rows.join('\n')}\n`);
    expect(matches(entries)).toEqual(['429', '100', '601', '602', '603']);
    expect(entries[1]?.match).toEqual({ code: ['100'] });
  });

  it('takes a step from a cell with causes', () => {
    const [entry] = page('| Status | When |\n|---|---|\n| 401 | There is no key. Add one to the request. |\n');
    expect(entry).toMatchObject({ cause: 'There is no key.', resolution: ['Add one to the request.'] });
  });

  it('reads a table whose header has tags', () => {
    const table = '<div style="width:80px">Code</div> | Meaning\n---|---\n404 | No crate.\n10001 | No lid.\n';
    expect(matches(page(table))).toEqual(['404', '10001']);
  });

  it('takes no sentence for a code, and leaves a table without status and code to a person', () => {
    const text = '| Error | Cause | Solution |\n|---|---|---|\n| lid is gone | It was lost. | Find it. |\n';
    const { read } = readSource(
      { path: 'errors.md', text: `# Errors\n\n## 404\n\nNo crate.\n\n## Lids\n\n${text}`, values: null },
      () => undefined,
      {},
    );
    expect(read.claims.map(({ statuses, codes }) => [statuses, codes])).toEqual([[[404], []]]);
    expect(read.left).toEqual([{ what: 'table below "Lids"', why: expect.any(String), isForPerson: true }]);
    const phrases = '| Status | Error |\n|---|---|\n| 404 | Not Found |\n| 403 | Forbidden |\n';
    expect(matches(page(phrases))).toEqual(['404 Not Found', '403 Forbidden']);
  });

  it('carries a cell that spans rows', () => {
    const entries = imported(
      'errors.html',
      '<h1>Errors</h1><table><tr><th>Status<th>Code<th>Text<tr><td rowspan=2>409<td>crate_open<td>It is open.<tr><td>crate_full<td>It is full.</table>',
    );
    expect(matches(entries)).toEqual(['409 crate_open', '409 crate_full']);
  });

  it.each([
    [
      'the fields of the body',
      '| Field | Type | Description |\n|---|---|---|\n| `code` | string | The code of the error. |',
    ],
    ['successes', '| Status | Meaning |\n|---|---|\n| 200 | OK |\n| 204 | Nothing |'],
    ['parameters', '| Name | Type | Required |\n|---|---|---|\n| `crate_id` | integer | yes |'],
  ])('adds nothing for %s', (_, table) => {
    expect(() => page(table)).toThrow('no errors were found');
  });
});

describe('an import of sections', () => {
  it('reads headings, causes, steps and the body below them', () => {
    const [entry] = page(`
## 403 Forbidden

The key may not open this crate.

**Common causes**

- The key is read-only.
- The crate belongs to somebody else.

### How to fix

Ask the owner for a key that may open it.

\`\`\`json
{ "error": { "code": "crate_locked", "message": "This crate is locked" } }
\`\`\`
`);
    expect(entry).toEqual({
      id: 'crate-locked',
      match: { status: [403], code: ['crate_locked'] },
      category: 'permission',
      title: 'Forbidden',
      cause: 'The key may not open this crate.',
      causes: ['The key is read-only.', 'The crate belongs to somebody else.'],
      resolution: ['Ask the owner for a key that may open it.'],
      source: { doc: 'page', section: '403 Forbidden', address: '403-forbidden' },
      example: { error: { code: 'crate_locked', message: 'This crate is locked' } },
    });
  });

  it.each([
    ['an accordion', '<Accordion title="401 — no_key">\n  There is no key.\n</Accordion>', ['401 no_key']],
    ['a definition list', '`NO_KEY`\n: There is no key.\n\n`OLD_KEY`\n: The key is old.\n', ['NO_KEY', 'OLD_KEY']],
    ['items', '- **401**: There is no key.\n- **403**: The key is too weak.\n', ['401', '403']],
    ['items with codes', '- `no_key` - There is no key.\n- `old_key` - The key is old.\n', ['no_key', 'old_key']],
    ['details', '<details><summary>404: no_crate</summary>\n\nThere is no crate.\n\n</details>', ['404 no_crate']],
  ])('reads %s', (_, text, expected) => {
    expect(matches(page(text))).toEqual(expected);
  });

  it('tells wordings of one status apart by their bodies', () => {
    const entries = page(
      '## 401 Unauthorized\n\nNo access.\n\n```json\n{"message":"The key is missing"}\n{"message":"The key is old"}\n```\n',
    );
    expect(entries.map(({ match }) => match.message)).toEqual([undefined, ['The key is missing'], ['The key is old']]);
  });

  it('applies rules on retrying to the entries that they name, and adds none', () => {
    const entries = page(`${TABLE.replaceAll(/\|[^|]*\|$/gm, '|')}
## Retrying

- Retryable: 429 and 5xx, with exponential backoff.
- Do not retry 4xx errors (except 429).
`);
    expect(matches(entries)).toEqual(['400 bad_crate', '502/503/504', '429 too_fast']);
    expect(entries.map(({ retry }) => retry?.advice)).toEqual(['never', 'backoff', 'backoff']);
  });

  it('takes a status from a label, and a heading in small letters as the wording', () => {
    const entries = page(
      '## Common errors\n\n### lid is missing\n\n**HTTP status:** `400 Bad Request`\n\n**Cause:** It was lost.\n\n**Solution:** Find it.\n',
    );
    expect(entries).toMatchObject([{ match: { status: [400] }, cause: 'It was lost.', resolution: ['Find it.'] }]);
  });

  it('takes the code from a label, and leaves out what describes fields or holds only code', () => {
    const entries = page(`
## LidLostError

Thrown when a crate has no lid.

- **Code:** \`LID_LOST\`

### Constructor

\`\`\`js
new LidLostError(crate)
\`\`\`

### Properties

| Property | Type | Description |
| --- | --- | --- |
| \`crate\` | \`string\` | The crate without a lid. |

### Missing crate

\`\`\`js
crates.open(undefined);
\`\`\`
`);
    expect(entries).toMatchObject([
      { match: { code: ['LID_LOST'] }, cause: 'Thrown when a crate has no lid.', causes: ['Missing crate.'] },
    ]);
  });

  it('reads a label with a text that ends in a colon', () => {
    const entries = page('## 409 Conflict\n\n**Fix:**\nClose the lid as shown:\n\n```sh\nlid --close\n```\n');
    expect(entries[0]?.resolution).toEqual(['Close the lid as shown.']);
  });

  it('takes the status and the cause from the sentence before a body', () => {
    const entries = page(
      '## Closed depots\n\nWhen the depot is closed on a Sunday, it answers with HTTP **503**:\n\n```json\n{"code":"DEPOT_CLOSED","message":"Closed"}\n```\n',
    );
    expect(entries).toMatchObject([
      { match: { status: [503], code: ['DEPOT_CLOSED'] }, cause: expect.stringContaining('closed on a Sunday') },
    ]);
  });

  it('reads a list of codes with their statuses in brackets', () => {
    const entries = page('## Common classes\n\n1. `invalid_crate` (400)\n2. `unpaid` / `unknown` (401/403)\n');
    expect(matches(entries)).toEqual(['400 invalid_crate', '401/403 unpaid/unknown']);
  });

  it('reads a status and a code in one pair of backticks', () => {
    const entries = page('- `400 bad_crate` — It is bad.\n- `404 Not Found` — It is gone.\n');
    expect(matches(entries)).toEqual(['400 bad_crate', '404']);
    expect(entries[0]?.cause).toBe('It is bad.');
  });

  it.each([
    ['a step after a dash', '402 | No credits -- Please buy some.', 'No credits.', ['Please buy some.']],
    ['no step after a dash', '402 | Crate — Lid is open.', 'Crate — Lid is open.', undefined],
    ['a step after an emoji', '503 | Cerrado. 😰 Inténtalo nuevamente.', 'Cerrado.', ['😰 Inténtalo nuevamente.']],
  ])('finds %s', (_, row, cause, resolution) => {
    const [entry] = page(`Status | Meaning\n---|---\n${row}\n`);
    expect(entry?.cause).toBe(cause);
    expect(entry?.resolution).toEqual(resolution);
  });

  it('takes neither remarks in brackets, paths of a body nor fields of a response for codes', () => {
    const entries = page(
      '## `error.code` catalogue\n\n| HTTP | `error.code` | Cause |\n|---|---|---|\n| 409 | `lid_open` | It is open. |\n| 504 | *(none)* | It is slow. |\n\n<ResponseField name="error_type" type="string">\n  One of the errors.\n</ResponseField>\n',
    );
    expect(matches(entries)).toEqual(['409 lid_open', '504']);
  });

  it('keeps an error in whose text something was successful', () => {
    const rows =
      '| `lid_used` | A successful closing has used up this lid. |\n| `lid_ok` | The lid was successfully closed. |\n';
    expect(matches(page(`| Error type | Description |\n|---|---|\n${rows}`))).toEqual(['lid_used']);
  });

  it('takes the message from a column of responses that are no JSON', () => {
    const entries = page(
      '| Code | Response body | Description |\n|---|---|---|\n| lid_open | The lid is not closed | It was forgotten. |\n',
    );
    expect(entries[0]).toMatchObject({ title: 'The lid is not closed', cause: 'It was forgotten.' });
  });

  it('takes an example for that of the section around it, if that is about an error', () => {
    const body = (code: string, status: number) =>
      `\`\`\`json\n{"code":"${code}","message":"No","status":${status}}\n\`\`\`\n`;
    const entries = page(
      `## API description\n\nErrors have the following fields.\n\n**Example**\n\n${body('any_code', 412)}\n## 5. Open lids\n\nA lid that is open (\`422\`) has the following fields.\n\n### Example\n\n${body('lid_open', 422)}`,
    );
    expect(matches(entries)).toEqual(['422 lid_open']);
    expect(entries[0]).toMatchObject({ title: '5. Open lids', cause: expect.stringContaining('lid that is open') });
  });

  it('takes a number before a heading for no part of it', () => {
    expect(matches(page('## 7. LID302 — Open lid\n\nIt was not closed.\n'))).toEqual(['LID302']);
  });

  it('takes the phrase of a status beside it for no code, and no abbreviation for the end of a sentence', () => {
    const entries = page(
      '- `401`: **Unauthorized** - Nicht angemeldet (z. B. fehlender Deckel)\n- `409`: **Conflict** - Offen\n',
    );
    expect(matches(entries)).toEqual(['401', '409']);
    expect(entries[0]?.cause).toContain('z. B. fehlender Deckel');
  });

  it('takes a sentence that begins with a conjunction for no step', () => {
    const [entry] = page('| Status | Meaning |\n|---|---|\n| 404 | The crate is gone. Otherwise a lid is missing. |\n');
    expect(entry).toMatchObject({ cause: 'The crate is gone. Otherwise a lid is missing.' });
    expect(entry?.resolution).toBeUndefined();
  });

  it('reads several bodies in a block, with the status and the cause from the comments above them', () => {
    const entries = page(`## Lids

\`\`\`json
// The lid was lost
// Status: 404
{ "error": "Lid Missing", "message": "There is no lid" }

# 409 - somebody opened it
{ "error": "lid_open", "message": "The lid is open" }
\`\`\`
`);
    expect(entries).toMatchObject([
      { match: { status: [404], code: ['Lid Missing'] }, cause: 'The lid was lost.' },
      { match: { status: [409], code: ['lid_open'] }, cause: 'Somebody opened it.' },
    ]);
  });

  it('makes an entry of each section with a body of its own below a status', () => {
    const body = (code: string) => `\`\`\`json\n{ "error": "${code}", "message": "It is ${code}" }\n\`\`\`\n`;
    const entries = page(
      `## Conflicts (409)\n\n### Open Lid\n\n${body('open_lid')}\nSomebody opened it.\n\n**Solution:** Close it.\n\n### Full Crate\n\n${body('full_crate')}\nIt holds too much.\n`,
    );
    expect(entries).toMatchObject([
      { match: { status: [409], code: ['open_lid'] }, cause: 'Somebody opened it.', resolution: ['Close it.'] },
      { match: { status: [409], code: ['full_crate'] }, cause: 'It holds too much.' },
    ]);
  });

  it('adds nothing for a heading over a program that handles a status', () => {
    const text = '## 404\n\nNo crate.\n\n## Patterns\n\n### 5. Empty state (409)\n\n```ts\nshow(<Empty />);\n```\n';
    expect(matches(page(text))).toEqual(['404']);
  });

  it('takes a status at the end of a heading that has its phrase', () => {
    expect(matches(page('## Gone {id} 410\n\nThe crate was burnt.\n\n## Crate of error 5\n\nNothing.\n'))).toEqual([
      '410',
    ]);
  });

  it('makes an entry of each wording in a table of errors below a status', () => {
    const entries = page(
      '## 400\n\n| Error | Cause |\n|---|---|\n| No lid on it | It was lost. |\n| Lid too big | It is big. |\n',
    );
    expect(entries.map(({ match, cause }) => [match.message, cause])).toEqual([
      [['No lid on it'], 'It was lost.'],
      [['Lid too big'], 'It is big.'],
    ]);
  });

  it('reads a table without a header where the text above it says that it is of errors', () => {
    const text =
      'These are the error names:\n\n<table><tr><td>LID_LOST</td><td>It was lost.<br>Solution: Find it.</td></tr><tr><td>CRATE_FULL</td><td>Take out one or more of the things in it, so that it can be closed successfully.</td></tr></table>\n';
    expect(matches(imported('page.md', text))).toEqual(['LID_LOST', 'CRATE_FULL']);
  });

  it('takes the name of a file for what its page is about where no heading says so', () => {
    const table = '| Word | Text |\n|---|---|\n| `lid_lost` | It is not there. |\n';
    expect(matches(imported('api/errors.md', `# Crates\n\n${table}`))).toEqual(['lid_lost']);
    expect(() => imported('api/crates.md', `# Crates\n\n${table}`)).toThrow('no errors were found');
  });

  it('takes the causes of statuses that only a response without a body names from the text above', () => {
    const response = (line: string) => `\`\`\`http\nHTTP/1.1 ${line}\nContent-Length: 0\n\`\`\`\n\n`;
    const entries = page(
      `## Client errors\n\nThe crate is not there.\n\n${response('404 Not Found')}The crate is open.\n\n${response('409 Conflict')}`,
    );
    expect(entries.map(({ match, cause }) => [match.status, cause])).toEqual([
      [[404], 'The crate is not there.'],
      [[409], 'The crate is open.'],
    ]);
  });

  it('joins the status line and the body of a response in two blocks, and adds a comma that a body lacks', () => {
    const text =
      '## Open lids\n\nThe lid is open.\n\n```http\nHTTP/1.1 409 Conflict\n```\n\n```json\n{\n  "code": "lid_open"\n  "message": "It is open"\n}\n```\n';
    expect(matches(page(text))).toEqual(['409 lid_open']);
  });

  it('takes from prose the status of errors that nothing else documents', () => {
    const entries = page(
      '## Lid errors\n\nSomebody opened the lid. These come with a <Mark color="red">409 - Conflict</Mark> HTTP status.\n\n## Depot errors\n\nIt is closed, with a 503 HTTP status.\n\n| Status | Meaning |\n|---|---|\n| 503 | The depot is shut. |\n',
    );
    expect(entries.map(({ match, cause }) => [match.status, cause])).toEqual([
      [[503], 'The depot is shut.'],
      [[409], expect.stringContaining('opened the lid')],
    ]);
  });

  it('reads of a table of errors in words the rows with a status or a code, and leaves the others to a person', () => {
    const text =
      '| Error | Cause | Fix |\n|---|---|---|\n| `404 Not Found: No crate` | It burnt. | Make one. |\n| `lid_lost` | It was lost. | Find it. |\n| Nothing works | It rains. | Wait. |\n| Numbers differ | It snows. | Count. |\n';
    const entries = page(text);
    expect(matches(entries)).toEqual(['404', 'lid_lost']);
    expect(entries[0]).toMatchObject({ title: 'Not Found: No crate', cause: 'It burnt.', resolution: ['Make one.'] });
  });

  it('takes rules on retrying from a list of which some items name no error first', () => {
    const entries = page(
      '| Status | Code |\n|---|---|\n| 503 | `shut` |\n| 409 | `open` |\n\n## Retryable or not\n\n- `503` is safe to retry with backoff.\n- `400`, `401`, `403`, `404`, `409`, `410`, `413`, `422` are not retryable without changing the request itself, which is bad.\n',
    );
    expect(entries.map(({ retry }) => retry?.advice)).toEqual(['backoff', 'never']);
  });

  it('takes the exit codes of a program for no errors of the API', () => {
    const text =
      '## HTTP errors\n\n| Status | Meaning |\n|---|---|\n| 404 | No crate. |\n\n## Exit codes\n\n| Code | Meaning |\n|---|---|\n| 1 | Usage error |\n| 2 | Failed |\n';
    expect(matches(page(text))).toEqual(['404']);
  });

  it('keeps a code that comes with a redirect, and codes of five signs', () => {
    const rows = '| 300 | LID_201 | Two lids fit. |\n| 404 | 42P01 | No such lid. |\n';
    expect(matches(page(`| HTTP status | Lid error code(s) | Meaning |\n|---|---|---|\n${rows}`))).toEqual([
      'LID_201',
      '404 42P01',
    ]);
  });

  it('adds nothing for a body that only shows the shape of errors', () => {
    const text = '## Error format\n\n```json\n{"code":"example_code","message":"Example","status":400}\n```\n';
    expect(() => page(text)).toThrow('no errors were found');
  });

  it('never says what the page does not', () => {
    const [entry] = page('| Status | Meaning |\n|---|---|\n| 404 | There is no crate. |');
    expect(Object.keys(entry ?? {})).toEqual(['id', 'match', 'category', 'title', 'cause', 'source']);
  });
});

describe('an import of text without markup', () => {
  it('splits rows whose cells were joined', () => {
    const entries = imported(
      'copied.txt',
      'Error codes\n\ncodeHTTP statusMeaning\nLID_MISSING400The crate has no lid\nDEPOT_CLOSED503The depot is closed\n',
    );
    expect(matches(entries)).toEqual(['400 LID_MISSING', '503 DEPOT_CLOSED']);
    expect(entries[1]?.cause).toBe('The depot is closed.');
  });

  it('reads tabs, bullets, headings and bodies', () => {
    const entries = imported(
      'copied.txt',
      'Errors\n\nStatus\tMeaning\n404\tNo crate there\n410\tThe crate was burnt\n\n409 Conflict\n\nThe crate is open.\nCommon causes:\n  • Somebody opened it.\n{\n  "code": "open",\n  "message": "The crate is open"\n}\n',
    );
    expect(matches(entries)).toEqual(['404', '410', '409 open']);
    expect(entries[2]).toMatchObject({ causes: ['Somebody opened it.'], example: { code: 'open' } });
  });
});

it('gives the same catalog for the Markdown and the HTML of a page', () => {
  const html =
    '<main><h1>Errors</h1><table><thead><tr><th>Status</th><th>Code</th><th>Description</th><th>How to fix</th><th>Retryable</th></tr></thead><tbody>' +
    '<tr><td>400 Bad Request</td><td><code>bad_crate</code></td><td>The crate has no lid.</td><td>Put a lid on it.</td><td>No</td></tr>' +
    '<tr><td>502 / 503 / 504</td><td></td><td>The depot is closed.</td><td>Come back later.</td><td>Yes, with backoff</td></tr>' +
    '<tr><td>200 / 201</td><td></td><td>All went well.</td><td></td><td></td></tr>' +
    '<tr><td>429</td><td><code>too_fast</code></td><td>Too many crates.</td><td>Send fewer.</td><td>After Retry-After</td></tr></tbody></table></main>';
  expect(imported('errors.html', html)).toEqual(page(TABLE));
});
