import type { StatusPattern } from '../../model/catalog.ts';
import { type Block, wordsIn } from './blocks.ts';
import { type Claim, newClaim } from './claims.ts';
import { examplesIn } from './example.ts';
import type { Section } from './outline.ts';
import { isCodeForm, isTellingCode, type Subject, subjectOf } from './subject.ts';
import { byLabels, isAboutErrors, isAboutOther, roleOf } from './vocabulary.ts';

/** The surroundings of a section. */
export interface Around {
  path: string[];
  /** The statuses of the heading above, for entries that name none. */
  statuses: StatusPattern[];
}

/** Finds the error that a section is about, by a labelled code in it or by its heading. */
export function subjectOfSection(section: Section, around: Around): Subject | null {
  const named = subjectOfTitle(section, around);
  const code = around.path.length === 0 ? null : labelledCode(section);
  if (code === null) return named;
  // The heading may have the class of an exception.
  const isName = (named?.codes.length ?? 0) > 0;
  return {
    ...{ statuses: named?.statuses ?? [], codes: [code], rest: isName ? (named?.rest ?? '') : section.title },
    ...{ leads: true, isSuccess: false },
  };
}

/** The code that a label gives, `Code: LID_OPEN`; null if there is none, or more than one. */
function labelledCode({ blocks }: Section): string | null {
  const texts = blocks.filter(({ kind }) => kind === 'paragraph' || kind === 'list').map((block) => wordsIn([block]));
  const codes = texts
    .flatMap((text) => byLabels(text))
    .flatMap(({ role, text }) => (role === 'code' ? [text.split('\n', 1)[0]?.replaceAll('`', '').trim() ?? ''] : []));
  const [code] = codes;
  return code !== undefined && codes.length === 1 && !/^[1-5]\d\d$/.test(code) && isCodeForm(code) ? code : null;
}

/** The error that the heading of a section names, if the section is about it. */
function subjectOfTitle(section: Section, { path }: Around): Subject | null {
  if (section.origin === 'page' && path.length === 0) return null;
  const title = section.title.slice(0, 200).replace(/^\d{1,2}[.)]\s+/, '');
  const subject = subjectOf(title, section.origin === 'definition');
  if (subject.statuses.length > 0) return subject;
  if (isAboutOther(subject.codes.length > 0 ? subject.rest : title)) return null;
  const isNear = isAboutErrors([...path, title].join(' '));
  // A word that only may be a code needs a page about errors around it.
  const codes = subject.codes.filter((code) =>
    isTellingCode(code) ? isNear || /_|E[A-Z]{4}/.test(code) : isNear && subject.leads,
  );
  if (codes.length === 0 || subject.rest.split(/\s+/).length > 14) return null;
  return { ...subject, codes };
}

/**
 * A section whose texts have a label with the status: `HTTP status: 400`. Its heading is the wording
 * of the error if it is quoted or begins with a small letter.
 */
export function scenarioOf(section: Section, { path }: Around): Claim | null {
  if (section.origin === 'page' || !isAboutErrors(path.join(' '))) return null;
  const statuses = section.blocks.flatMap((block) =>
    block.kind === 'paragraph' || block.kind === 'list'
      ? byLabels(wordsIn([block])).flatMap(({ role, text }) => (role === 'status' ? subjectOf(text).statuses : []))
      : [],
  );
  if (statuses.length === 0) return null;
  const message = /^["“«]|^[a-z][a-z]+ /.test(section.title) ? [section.title.replaceAll(/^["“«]|["”»]$/g, '')] : [];
  return {
    ...newClaim(section.title, section.anchor),
    statuses: [...new Set(statuses)],
    title: section.title,
    messages: message,
  };
}

/** A section without a subject of its own in that of an error: its causes, steps or examples. */
export function isPart(child: Section, around: Around): boolean {
  const subject = subjectOfSection(child, around);
  const isSame =
    subject !== null &&
    subject.codes.length === 0 &&
    subject.statuses.every((status) => around.statuses.includes(status));
  const isOn = roleOf(child.title) !== null || /troubleshoot|fix|solution|resol/i.test(child.title);
  return subject === null || (isSame && isOn);
}

/** The sections within one of a status that each show a body of their own: an entry each. */
export function wordingsIn({ children }: Section, around: Around): Section[] {
  const own = children.filter((child) => subjectOfSection(child, around) === null);
  const said = own.map((child) => [child, bodyIn(child.blocks)] as const).filter(([, body]) => body !== null);
  return new Set(said.map(([, body]) => body)).size > 1 ? said.map(([child]) => child) : [];
}

/** The code and the message of the only body in blocks. */
function bodyIn(blocks: Block[]): string | null {
  const found = blocks.flatMap((block) => (block.kind === 'code' ? examplesIn(block.text) : []));
  const [only] = found;
  return found.length === 1 && only !== undefined ? `${only.code} ${only.message}` : null;
}

/** Whether a section within another holds only an example of what that one is about. */
export function isExampleOf(child: Section, around: Around): boolean {
  const isNamed =
    roleOf(child.title) === 'example' ||
    /^(?:example|sample)s?(?: (?:error )?(?:response|body|payload))?s?$/i.test(child.title);
  return isNamed && child.children.length === 0 && subjectOfSection(child, around) === null;
}

/** Whether a section shows how to write a program for errors that its heading only mentions, and says nothing of them. */
export function isProgram({ blocks, children }: Section, { leads, codes }: Subject): boolean {
  if (leads || codes.length > 0 || children.length > 0 || !blocks.some(({ kind }) => kind === 'code')) return false;
  return (
    wordsIn(blocks) === '' && blocks.every((block) => block.kind !== 'code' || examplesIn(block.text).length === 0)
  );
}
