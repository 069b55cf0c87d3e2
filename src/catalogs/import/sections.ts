import type { StatusPattern } from '../../model/catalog.ts';
import { isAboutRetry, sentencesOf } from './advice.ts';
import { type Block, wordsIn } from './blocks.ts';
import { addText, type Claim, nameAsCause, newClaim } from './claims.ts';
import type { Section } from './outline.ts';
import type { PageRead } from './page-read.ts';
import { type RetryRuleSaid, retryRulesIn } from './rules.ts';
import { examplesOf, finish, proseOf, wordingOf } from './section-bodies.ts';
import {
  type Around,
  isExampleOf,
  isPart,
  isProgram,
  scenarioOf,
  subjectOfSection,
  wordingsIn,
} from './section-subjects.ts';
import { addBlocks, addSection } from './section-texts.ts';
import { isTellingCode, leadOf, numberedLead, type Subject, subjectOf } from './subject.ts';
import { readTable, readWordings } from './table.ts';
import { isAboutErrors, isAboutOther, roleOf } from './vocabulary.ts';

/**
 * Reads the sections of a page.
 *
 * @param name the name of its file, which may say what it is about where its title does not
 */
export function readSections(root: Section, name: string): PageRead {
  const read: PageRead = { claims: [], rules: [], bodies: [], left: [], prose: [] };
  walk(root, { path: [], statuses: [] }, read, name);
  const known = new Set(read.claims.flatMap(({ statuses }) => statuses));
  // Prose about a status counts only if nothing else documents that status.
  read.claims.push(...read.prose.filter(({ statuses }) => statuses.every((status) => !known.has(status))));
  return read;
}

function walk(section: Section, around: Around, read: PageRead, name = ''): void {
  const path = [...around.path, ...(isAboutErrors(name) ? [name] : []), section.title];
  const found = subjectOfSection(section, around);
  const subject = found !== null && isProgram(section, found) ? null : found;
  const before = read.claims.length;
  const own = subject === null ? scenarioOf(section, around) : named(subject, section);
  const within = {
    path,
    statuses: subject?.codes.length === 0 && subject.statuses.length > 0 ? subject.statuses : around.statuses,
  };
  const rest: Section['blocks'] = [];
  for (const [i, block] of section.blocks.entries()) {
    if (block.kind === 'table')
      tables({ ...block, lead: leadOfTable(section.blocks[i - 1]) }, section, within, read, rest);
    else if (block.kind !== 'list' || !items(block, section, within, read, own !== null)) rest.push(block);
  }
  const wordings = own !== null && within.statuses.length === 1 ? wordingsIn(section, within) : [];
  const parts =
    own === null ? [] : section.children.filter((child) => !wordings.includes(child) && isPart(child, within));
  for (const child of section.children) {
    if (own === null && isExampleOf(child, within)) rest.push(...child.blocks);
    else if (wordings.includes(child)) read.claims.push(wordingOf(child, within.statuses));
    else if (!parts.includes(child)) walk(child, within, read);
  }
  const nested = read.claims.slice(before).filter(({ applies }) => !applies);
  if (own !== null && (subject === null || !isGroup(subject, section, nested, rest))) {
    addBlocks(own, rest, null);
    for (const part of parts) addSection(own, part);
    finish(own, section, read);
    return;
  }
  for (const part of parts) walk(part, within, read);
  if (own !== null && nested.length > 0) read.rules.push(...groupRules(rest, own.statuses));
  read.rules.push(...rulesOf(rest));
  examplesOf(section, rest, within, read);
  const prose = read.claims.length === before ? proseOf(section, within) : null;
  if (prose !== null) read.prose.push(prose);
}

/** The text before a table, if it says that errors are listed in it. */
function leadOfTable(before: Section['blocks'][number] | undefined): string {
  const text = before?.kind === 'paragraph' ? (before.text.split('\n').at(-1) ?? '') : '';
  return /[:：]$/.test(text) && text.split(/\s+/).length <= 30 && isAboutErrors(text) ? text : '';
}

function named({ statuses, codes, rest }: Subject, section: Section): Claim {
  return { ...newClaim(section.title, section.anchor), statuses, codes, title: rest === '' ? null : rest };
}

/** True for a heading that only gathers entries: with a class of statuses, or with theirs in brackets. */
function isGroup({ statuses, codes, leads }: Subject, { origin }: Section, nested: Claim[], rest: Block[]): boolean {
  if (nested.length === 0 || origin === 'component') return false;
  const isClass = statuses.every((status) => typeof status === 'string') || statuses.length > 1;
  if (codes.length > 0) return false;
  const tells = nested.some(
    (claim) => claim.codes.length === 0 && claim.statuses.some((status) => statuses.includes(status)),
  );
  return isClass || !leads || tells || wordsIn(rest).length < 20;
}

/** The rules in blocks; each paragraph and each item speaks for itself. */
function rulesOf(blocks: Block[]): RetryRuleSaid[] {
  return blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.flatMap((item) => retryRulesIn(wordsIn(item))) : retryRulesIn(wordsIn([block])),
  );
}

/** Rules from the text above several entries, for those without a rule of their own. */
function groupRules(rest: Block[], statuses: StatusPattern[]): RetryRuleSaid[] {
  const claim = { ...newClaim(''), statuses };
  for (const sentence of sentencesOf(wordsIn(rest)))
    if (claim.retry === null && isAboutRetry(sentence)) addText(claim, sentence);
  return claim.retry === null ? [] : [{ statuses, except: [], ...claim.retry, isWeak: true }];
}

function tables(
  { lead, ...block }: Extract<Block, { kind: 'table' }> & { lead: string },
  section: Section,
  { path, statuses }: Around,
  read: PageRead,
  rest: Section['blocks'],
): void {
  const at = { header: block.header, rows: block.rows, lead, path, anchor: section.anchor };
  const table = readTable(at);
  if (table.claims === null) {
    const wordings = readWordings(at, statuses);
    read.claims.push(...wordings);
    if (wordings.length > 0) return;
    const what = `table below "${section.title}"`;
    read.left.push(
      isOfScenarios(block, path)
        ? { what, why: 'it explains errors without status or code', isForPerson: true }
        : { what, why: table.why },
    );
    read.rules.push(...block.rows.flatMap((row) => retryRulesIn(row.join(': '))));
    if (subjectOf(section.title).statuses.length > 0) rest.push(block);
    return;
  }
  for (const row of table.left)
    read.left.push({ what: `row "${row}" below "${section.title}"`, why: 'it names no error' });
  for (const claim of table.claims) {
    if (claim.statuses.length === 0 && statuses.length === 1) claim.statuses = statuses;
    read.bodies.push(...claim.examples);
    read.claims.push(claim);
  }
}

/** Whether a table explains errors, of which nothing says how to recognize them. */
function isOfScenarios({ header, rows }: Extract<Block, { kind: 'table' }>, path: string[]): boolean {
  const roles = header.map(roleOf);
  const explains = roles.some((role) => role === 'cause' || role === 'resolution' || role === 'retry');
  return explains && header.length > 1 && rows.length > 0 && !roles.includes('field') && isAboutErrors(path.join(' '));
}

/** A list whose items begin with a status or a code: an entry each. */
function items(
  { items }: Extract<Block, { kind: 'list' }>,
  section: Section,
  { path, statuses }: Around,
  read: PageRead,
  isEntry: boolean,
): boolean {
  const isOfCodes = /code|código|код|コード|码/i.test(section.title);
  const first = items.map((item) => numberedLead(wordsIn(item))).filter((lead) => lead !== null);
  // Numbers of which some are no statuses are codes, all of them.
  const areNumbers = isOfCodes && first.some(({ codes }) => !/^[1-5]\d\d$/.test(codes[0] ?? ''));
  const leads = items.map((item) => {
    const [first] = item;
    const text = first?.kind === 'paragraph' || first?.kind === 'heading' ? first.text : '';
    return { item, text, subject: (areNumbers ? numberedLead(text) : null) ?? leadOf(text) };
  });
  const fitting = leads.filter(({ subject }) => subject !== null);
  if (fitting.length === 0 || fitting.length < items.length / 2) return false;
  const isNear = isAboutErrors(path.join(' ')) && !isAboutOther(section.title);
  const areStatuses = fitting.every(({ subject }) => (subject?.statuses.length ?? 0) > 0);
  if (
    !areStatuses &&
    (!isNear ||
      fitting.some(
        ({ subject }) =>
          subject?.codes.every((code) => !isTellingCode(code) && !/^-?\d{1,7}$/.test(code)) === true &&
          !/code/i.test(section.title),
      ))
  )
    return false;
  // Within an entry its own fields and values are listed, too.
  if (isEntry && !areStatuses && fitting.length < items.length) return false;
  for (const { item, subject } of leads) if (subject === null) read.rules.push(...retryRulesIn(wordsIn(item)));
  const onRetry = fitting.every(({ item }) => isAboutRetry(wordsIn(item)));
  for (const { item, subject, text } of fitting) {
    if (subject === null || subject.isSuccess || (subject.statuses.length === 0 && subject.codes.length === 0))
      continue;
    const claim = {
      ...newClaim(section.title, section.anchor),
      statuses: subject.statuses,
      codes: subject.codes,
      applies: onRetry && /retr|back/i.test(section.title),
    };
    if (claim.statuses.length === 0 && statuses.length === 1) claim.statuses = statuses;
    const [head = '', ...more] = subject.rest.split('\n');
    const title = /^([^:：–—.]{3,60}?)\s*(?:[:：]|\s[-–—]\s)\s*(.+)$/s.exec(head);
    if (title !== null && roleOf(title[1] ?? '') === null) {
      claim.title = title[1] ?? null;
      addText(claim, title[2] ?? '');
    } else if (head.split(/\s+/).length <= 5) claim.title = head || null;
    else addText(claim, head);
    for (const line of more) addText(claim, line);
    addBlocks(claim, item.slice(1) as Section['blocks'], null);
    nameAsCause(claim);
    if (claim.title === null && text === '') continue;
    finish(claim, section, read);
  }
  return true;
}

/** A page about one error, whose front matter has its code. */
export function readOneError(root: Section, front: Record<string, string>): PageRead | null {
  const code = front.code ?? front.error_code ?? front.errorCode;
  const status = front.status ?? front.http_status ?? front.statusCode ?? front.httpStatus ?? '';
  if (code === undefined) return null;
  const read: PageRead = { claims: [], rules: [], bodies: [], left: [], prose: [] };
  const statuses = subjectOf(/^[1-5]\d\d$/.test(code) ? code : status).statuses;
  const claim = {
    ...newClaim(root.title),
    codes: /^[1-5]\d\d$/.test(code) ? [] : [code],
    statuses,
    title: front.title ?? null,
  };
  for (const text of [front.summary, front.description, front.message])
    if (text !== undefined) addText(claim, text, 'meaning');
  addBlocks(claim, root.blocks, null);
  for (const child of root.children) addSection(claim, child);
  finish(claim, root, read);
  return read;
}
