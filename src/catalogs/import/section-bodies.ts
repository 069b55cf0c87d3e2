import type { StatusPattern } from '../../model/catalog.ts';
import { type Block, wordsIn } from './blocks.ts';
import { addText, type Claim, newClaim, saysSomething } from './claims.ts';
import { type BodyExample, examplesIn } from './example.ts';
import type { Section } from './outline.ts';
import type { PageRead } from './page-read.ts';
import type { Around } from './section-subjects.ts';
import { addBlocks, addSection } from './section-texts.ts';
import { isTellingCode, statusesSaid } from './subject.ts';
import { isAboutErrors } from './vocabulary.ts';

/** Headings over the shape of an error body, whose example is of no error in particular. */
const OF_SHAPE =
  /^(?:api |http |common )?(?:errors?|status codes?)(?: (?:handling|responses?|codes?|messages?|types?|reference|overview))?(?: (?:&|and) .*)?$|format|structure|schema|payload|envelope|shape|\bobject|response body|anatomy|formato|estructura|形式|格式|структур|формат|aufbau/i;

/** Sorts the bodies of an entry: one that has another code or wording is an entry of its own. */
export function finish(claim: Claim, section: Section, read: PageRead): void {
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
        ...{
          title: example.message.slice(0, 80),
          examples: [example],
          cause: example.note === null ? claim.cause : [example.note],
          retry: claim.retry,
        },
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

/** The bodies in a section that is about no single error: an entry each where a heading or a text tells of a scenario. */
export function examplesOf(section: Section, blocks: Block[], { path, statuses }: Around, read: PageRead): void {
  const shown = scenesIn(blocks);
  const found = shown.flatMap(({ bodies }) => bodies);
  read.bodies.push(...found);
  if (section.origin === 'page' || OF_SHAPE.test(section.title) || !isAboutErrors(path.join(' ')) || path.length < 2)
    return;
  if (isOnShape(wordsIn(blocks), found)) return;
  const isSole = shown.length === 1;
  const said = statusesSaid(wordsIn(blocks));
  const [above = isSole && found.length === 1 && said.length === 1 ? said[0] : undefined] =
    statuses.length === 1 ? statuses : [];
  for (const { bodies, status, texts } of shown) {
    if (bodies.length === 0 && status !== null && wordsIn(texts) !== '') {
      const claim = { ...newClaim(section.title, section.anchor), statuses: [status] };
      addBlocks(claim, texts as Section['blocks'], null);
      read.claims.push(claim);
    }
    for (const body of bodies) {
      const example = { ...body, status: body.status ?? (typeof above === 'number' ? above : null) };
      if (example.status === null && !(example.code !== null && isTellingCode(example.code))) continue;
      const claim = {
        ...newClaim(section.title, section.anchor),
        title:
          isSole && bodies.length === 1 && !/^(?:examples?|samples?|ejemplos?)\b/i.test(section.title)
            ? section.title
            : null,
        examples: [example],
      };
      if (example.status !== null) claim.statuses = [example.status];
      if (example.code !== null) claim.codes = [example.code];
      if (example.message !== null) claim.messages = [example.message];
      if (example.note !== null) addText(claim, example.note);
      const around = isSole ? blocks.filter(({ kind }) => kind !== 'code') : texts;
      if (bodies.length === 1) addBlocks(claim, around as Section['blocks'], null);
      read.claims.push(claim);
    }
  }
}

/** Whether a text introduces the parts of a body, and says nothing of the error in it. */
function isOnShape(text: string, bodies: BodyExample[]): boolean {
  const introduces =
    /following (?:\w+ )?(?:fields|attributes|format|structure|properties|members|shape|keys)|general format|formato general|siguiente formato/i;
  return introduces.test(text) && bodies.length === 1 && !bodies.some(({ status }) => text.includes(String(status)));
}

/** A block of code with what it shows, and the texts above it. */
interface Scene {
  bodies: BodyExample[];
  /** The status of a response without a body. */
  status: number | null;
  texts: Block[];
}

function scenesIn(blocks: Block[]): Scene[] {
  const scenes: Scene[] = [];
  let texts: Block[] = [];
  for (const block of blocks) {
    if (block.kind !== 'code') {
      texts.push(block);
      continue;
    }
    const bodies = examplesIn(block.text);
    const status = Number(/^\s*HTTP\/\d(?:\.\d)?\s+([45]\d\d)\b/.exec(block.text)?.[1] ?? 0);
    if (bodies.length === 0 && status === 0) continue;
    const head = scenes.at(-1);
    if (head?.status != null && head.bodies.length === 0 && texts.length === 0) {
      // The status line and the body of a response stand in two blocks.
      head.bodies = bodies.map((body) => ({ ...body, status: body.status ?? head.status }));
      continue;
    }
    scenes.push({ bodies, status: status === 0 ? null : status, texts });
    texts = [];
  }
  return scenes;
}

/** An entry for a section within that of a status, which shows a body of its own. */
export function wordingOf(section: Section, statuses: StatusPattern[]): Claim {
  const claim = { ...newClaim(section.title, section.anchor), statuses: [...statuses], title: section.title };
  addBlocks(claim, section.blocks, null);
  for (const child of section.children) addSection(claim, child);
  const [shown] = claim.examples;
  if (shown?.code != null) claim.codes = [shown.code];
  if (shown?.message != null) claim.messages = [shown.message];
  return claim;
}

/** An entry for a section on errors of which its text, and nothing else, says with which status they come. */
export function proseOf(section: Section, { path }: Around): Claim | null {
  if (section.origin !== 'heading' || !isAboutErrors(section.title) || path.length < 2) return null;
  const texts = section.blocks.filter(({ kind }) => kind === 'paragraph' || kind === 'list');
  const statuses = statusesSaid(wordsIn(texts));
  if (statuses.length !== 1) return null;
  const claim = { ...newClaim(section.title, section.anchor), statuses };
  addBlocks(claim, texts, null);
  return claim;
}
