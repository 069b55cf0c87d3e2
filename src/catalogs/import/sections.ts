import type { StatusPattern } from '../../model/catalog.ts';
import { isAboutRetry, sentencesOf } from './advice.ts';
import { type Block, wordsIn } from './blocks.ts';
import { addText, type Claim, newClaim, saysSomething } from './claims.ts';
import { type BodyExample, examplesIn } from './example.ts';
import type { Section } from './outline.ts';
import { type RetryRuleSaid, retryRulesIn } from './rules.ts';
import { type Around, isPart, scenarioOf, subjectOfSection } from './section-subjects.ts';
import { addBlocks, addSection } from './section-texts.ts';
import { isTellingCode, leadOf, numberedLead, type Subject, statusesSaid, subjectOf } from './subject.ts';
import { readTable, readWordings } from './table.ts';
import { isAboutErrors, isAboutOther, roleOf } from './vocabulary.ts';

/** The reading of a page. */
export interface PageRead {
  claims: Claim[];
  rules: RetryRuleSaid[];
  /** Bodies that show the shape of errors, those of entries included. */
  bodies: BodyExample[];
  left: LeftOut[];
}

/** A part that was left out, and why. */
export interface LeftOut {
  what: string;
  why: string;
  /** True if a person may know how to recognize what it is about. */
  isForPerson?: boolean;
}

/** Headings over the shape of an error body, whose example is of no error in particular. */
const OF_SHAPE =
  /^(?:api |http |common )?(?:errors?|status codes?)(?: (?:handling|responses?|codes?|messages?|types?|reference|overview))?(?: (?:&|and) .*)?$|format|structure|schema|payload|envelope|shape|\bobject|response body|anatomy|formato|estructura|形式|格式|структур|формат|aufbau/i;

/** Reads the sections of a page. */
export function readSections(root: Section): PageRead {
  const read: PageRead = { claims: [], rules: [], bodies: [], left: [] };
  walk(root, { path: [], statuses: [] }, read);
  return read;
}

function walk(section: Section, around: Around, read: PageRead): void {
  const path = [...around.path, section.title];
  const subject = subjectOfSection(section, around);
  const before = read.claims.length;
  const own = subject === null ? scenarioOf(section, around) : named(subject, section);
  const within = {
    path,
    statuses: subject?.codes.length === 0 && subject.statuses.length > 0 ? subject.statuses : around.statuses,
  };
  const rest: Section['blocks'] = [];
  for (const block of section.blocks) {
    if (block.kind === 'table') tables(block, section, within, read, rest);
    else if (block.kind !== 'list' || !items(block, section, within, read, own !== null)) rest.push(block);
  }
  const parts = own === null ? [] : section.children.filter((child) => isPart(child, within));
  for (const child of section.children) if (!parts.includes(child)) walk(child, within, read);
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
  examplesOf(section, rest, path, read);
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
  block: Extract<Block, { kind: 'table' }>,
  section: Section,
  { path, statuses }: Around,
  read: PageRead,
  rest: Section['blocks'],
): void {
  const at = { header: block.header, rows: block.rows, path, anchor: section.anchor };
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
    if (claim.title === null && text === '') continue;
    finish(claim, section, read);
  }
  return true;
}

/** Sorts the bodies of an entry: one that has another code or wording is an entry of its own. */
function finish(claim: Claim, section: Section, read: PageRead): void {
  if (claim.statuses.length === 0)
    claim.statuses = statusesSaid([...claim.cause, ...claim.causes, ...claim.resolution].join(' '));
  const fitting = claim.examples.filter(
    ({ status }) =>
      status === null ||
      claim.statuses.length === 0 ||
      claim.statuses.some((one) => one === status || `${String(status)[0]}xx` === one),
  );
  read.bodies.push(...fitting);
  const codes = [...new Set(fitting.map(({ code }) => code).filter((code) => code !== null))];
  if (claim.codes.length === 0 && codes.length === 1 && !/^\d{3}$/.test(codes[0] ?? '')) claim.codes = codes;
  const ofOwn = fitting.filter(({ code }) => code === null || claim.codes.length === 0 || claim.codes.includes(code));
  const messages = [...new Set(ofOwn.map(({ message }) => message))].filter((message) => message !== null);
  claim.examples = messages.length > 1 ? [] : ofOwn.slice(0, 1);
  const isPair = claim.codes.length > 0 && claim.statuses.length > 0;
  if (isPair || saysSomething(claim)) read.claims.push(claim);
  if (messages.length > 1) {
    for (const example of ofOwn) {
      if (example.message === null || read.claims.some(({ messages }) => messages.includes(example.message as string)))
        continue;
      read.claims.push({
        ...newClaim(section.title, section.anchor),
        ...{
          statuses: claim.statuses,
          codes: example.code === null ? claim.codes : [example.code],
          messages: [example.message],
        },
        ...{ title: example.message.slice(0, 80), examples: [example], cause: claim.cause, retry: claim.retry },
        resolution: claim.resolution,
      });
    }
  } else if (claim.codes.length === 0) {
    for (const code of codes) {
      const example = fitting.find((one) => one.code === code) as BodyExample;
      read.claims.push({
        ...newClaim(section.title, section.anchor),
        statuses: claim.statuses,
        codes: [code],
        title: example.message?.slice(0, 80) ?? null,
        examples: [example],
      });
    }
  }
}

/** A page about one error, whose front matter has its code. */
export function readOneError(root: Section, front: Record<string, string>): PageRead | null {
  const code = front.code ?? front.error_code ?? front.errorCode;
  const status = front.status ?? front.http_status ?? front.statusCode ?? front.httpStatus ?? '';
  if (code === undefined) return null;
  const read: PageRead = { claims: [], rules: [], bodies: [], left: [] };
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

/** The bodies in a section that is about no single error: an entry each where a heading tells of a scenario. */
function examplesOf(section: Section, blocks: Block[], path: string[], read: PageRead): void {
  const found = blocks.flatMap((block) => (block.kind === 'code' ? examplesIn(block.text) : []));
  read.bodies.push(...found);
  if (section.origin === 'page' || OF_SHAPE.test(section.title) || !isAboutErrors(path.join(' ')) || path.length < 2)
    return;
  const said = statusesSaid(wordsIn(blocks));
  for (const shown of found) {
    const status = shown.status ?? (found.length === 1 && said.length === 1 ? (said[0] as number) : null);
    const example = { ...shown, status };
    if (example.status === null && !(example.code !== null && isTellingCode(example.code))) continue;
    const claim = {
      ...newClaim(section.title, section.anchor),
      title: found.length === 1 ? section.title : null,
      examples: [example],
    };
    if (example.status !== null) claim.statuses = [example.status];
    if (example.code !== null) claim.codes = [example.code];
    if (example.message !== null) claim.messages = [example.message];
    if (found.length === 1) addBlocks(claim, blocks.filter(({ kind }) => kind !== 'code') as Section['blocks'], null);
    read.claims.push(claim);
  }
}
