import { isObject } from './blamed.ts';

/** Elements of XML without their attributes, as the shapes in XML name them. */
export function withoutAttributes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAttributes);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name]) => !name.startsWith('@'));
  if (members.length === 1 && members[0]?.[0] === '#text') return members[0][1];
  if (members.length === 0) return '';
  return Object.fromEntries(members.map(([name, inner]) => [name, withoutAttributes(inner)]));
}
