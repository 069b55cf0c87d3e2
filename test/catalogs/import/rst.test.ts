import { describe, expect, it } from 'vitest';
import { readRst } from '../../../src/catalogs/import/rst.ts';
import { imported, matches } from './imported.ts';

const page = (text: string) => imported('errors.rst', `Errors\n======\n\n${text}`);

describe('an import of reStructuredText', () => {
  it.each([
    [
      'a grid table',
      `+--------+----------------+
| Status | Meaning        |
+========+================+
| 404    | No crate with  |
|        | this number.   |
+--------+----------------+
| 410    | | It burnt.    |
|        | | Nobody knows |
|        |   why.         |
+--------+----------------+
`,
      ['404', '410'],
      'No crate with this number.',
    ],
    [
      'a grid table with cells that span rows and columns',
      `+--------+-----------+--------------+
| Status | Code      | Meaning      |
+========+===========+==============+
| 409    | open_lid  | It is open.  |
+        +-----------+--------------+
|        | full_lid  | It is full.  |
+--------+-----------+--------------+
| 410    | It was burnt to ashes    |
|        | and nobody knows why.    |
+--------+-----------+--------------+
`,
      ['409 open_lid', '409 full_lid', '410'],
      'It is open.',
    ],
    [
      'a simple table whose cells go on',
      `======  ============  ==============
Status  Code          Meaning
======  ============  ==============
404     \`\`no_crate\`\`  There is no
                      such crate.

409     \`\`open_lid\`\`  It is open.
======  ============  ==============
`,
      ['404 no_crate', '409 open_lid'],
      'There is no such crate.',
    ],
    [
      'a list-table',
      `.. list-table:: Errors
   :header-rows: 1
   :widths: 10 30

   *   - Code
       - Description
   *   - 404 "Not Found"
       - There is no
         such crate.
   *   - 409 "Conflict"
       - It is open.
`,
      ['404', '409'],
      'There is no such crate.',
    ],
    [
      'a csv-table',
      `.. csv-table::
   :header: "Status", "Meaning"

   404, "There is no such crate, sorry."
   409, "It is open."
`,
      ['404', '409'],
      'There is no such crate, sorry.',
    ],
    [
      'a definition list',
      `404 Not Found
    There is no such crate.
409 Conflict
    It is open.
`,
      ['404', '409'],
      'There is no such crate.',
    ],
    [
      'the fields of an operation',
      `.. http:get:: /crates/(int:id)

   :param id: the number of a crate
   :statuscode 200: no error
   :statuscode 404: There is no such crate.
`,
      ['404'],
      'There is no such crate.',
    ],
    [
      'headings with a line above or without one',
      `-------------
404 Not Found
-------------

There is no such crate.

Depots
~~~~~~

-------------
 409 Conflict
-------------

It is open.
`,
      ['404', '409'],
      'There is no such crate.',
    ],
    ['a list', '- 404: There is no such crate.\n- 409: It is\n  open.\n', ['404', '409'], 'There is no such crate.'],
    [
      'East Asian characters, which are two columns wide',
      `+------------+------------+
| 状态码     | 说明       |
+============+============+
| 404        | 没有箱子。 |
+------------+------------+
`,
      ['404'],
      '没有箱子。',
    ],
  ])('reads %s', (_, text, expected, cause) => {
    const entries = page(text);
    expect(matches(entries)).toEqual(expected);
    expect(entries[0]).toMatchObject({ cause });
  });

  it('takes the body and its status from literal blocks, and leaves out comments and targets', () => {
    const entries = page(`.. _closed:

Closed depots
-------------

.. No depot is open on a Sunday, error 500.

When it is closed, it answers with :http:statuscode:\`503\`, as in::

    {
        "code": "DEPOT_CLOSED",
        "message": "The depot is closed"
    }
`);
    expect(matches(entries)).toEqual(['503 DEPOT_CLOSED']);
    expect(entries[0]?.source).toMatchObject({ address: 'closed' });
  });

  it.each([
    ['code', 'Send ``X-Crate`` again.', 'Send `X-Crate` again.'],
    ['links', 'See `the depot <https://depot.example>`_ and :ref:`lids <lid-list>`.', 'See the depot and lids.'],
    ['roles', 'Raised as :exc:`~crates.errors.LidError`.', 'Raised as `LidError`.'],
    ['emphasis', 'It is **very** *open*.', 'It is very open.'],
    ['substitutions', 'A |status-404| of |depot|.\n\n.. |depot| replace:: the depot', 'A status 404 of the depot.'],
    ['escapes and footnotes', 'A \\*lid\\* [#lid]_ of ``wood``\\s.', 'A *lid* of `wood`s.'],
  ])('reads %s in a text', (_, text, expected) => {
    expect(readRst(text).blocks[0]).toEqual({ kind: 'paragraph', text: expected });
  });

  it('is known by its directives where the file has another name', () => {
    const text = 'Errors\n======\n\n.. note:: All of them.\n\n404 Not Found\n-------------\n\nNo crate.\n';
    expect(matches(imported('errors.txt', text))).toEqual(['404']);
  });
});
