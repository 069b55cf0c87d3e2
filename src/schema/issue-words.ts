import type * as z from 'zod';

/** What to write for a value of a type, in YAML. */
const WRITE: Record<string, string> = {
  string: 'a text, in quotes if it looks like something else',
  number: 'a number, without quotes',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, each item on a line that begins with "- "',
  object: 'a map: lines of "name: value"',
  record: 'a map: lines of "name: value"',
  null: 'null',
};

/** What was written, by the library's word for it. */
const WRITTEN: Record<string, string> = {
  array: 'a list',
  object: 'a map',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
};

/** True for a message that is not of a schema's own. */
const isOfLibrary = ({ message }: z.core.$ZodIssue): boolean => /^(?:Invalid|Unrecognized|Too) /.test(message);

/**
 * What to write in the place of a value, instead of the library's description of what is wrong with
 * it. A schema's own message says that already.
 */
export function issueWords(issue: z.core.$ZodIssue): string {
  const received = /received (\w+)/.exec(issue.message)?.[1] ?? '';
  switch (issue.code) {
    case 'invalid_type': {
      // A message of the schema's own.
      if (!isOfLibrary(issue)) return issue.message;
      if (received === 'undefined') return 'is missing';
      const written = WRITTEN[received] === undefined ? '' : `, not ${WRITTEN[received]}`;
      return `write ${WRITE[issue.expected] ?? issue.expected}${written}`;
    }
    case 'invalid_value':
      return `write ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'invalid_key':
      return `write the name as ${issue.issues
        .map(issueWords)
        .join(', or ')
        .replaceAll(/(?<=^|, or )write /g, '')}`;
    case 'too_small':
      return issue.origin === 'array'
        ? 'has no item'
        : issue.origin === 'string'
          ? 'is empty'
          : `write ${issue.minimum} or more`;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int' ? `write ${issue.maximum} or less` : 'is too long';
    case 'invalid_format': {
      if (!isOfLibrary(issue)) return issue.message.replace(/^(?!write )/, 'write ');
      return 'includes' in issue ? `has no ${issue.includes} in it` : 'is malformed';
    }
    case 'invalid_union':
      return [...new Set(issue.errors.flat().map(issueWords))].join(', or ') || 'has a value that does not belong here';
    default:
      return isOfLibrary(issue) ? 'has a value that does not belong here' : issue.message;
  }
}
