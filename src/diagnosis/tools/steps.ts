import type { Catalog, Entry } from '../../model/catalog.ts';
import { fromOf, wordsOf } from '../../model/catalog-text.ts';
import type { Context } from '../context.ts';
import type { Described } from '../evidence/causes.ts';
import { toolOf } from './find.ts';
import type { Tool } from './tools.ts';

/** The ID under which catalogs keep the steps for requests that errprobe itself sent. */
const OWN = 'errprobe';

/** The most steps to show. */
const MOST = 4;

/**
 * A description with its steps in the terms of the tool that reported the error: the entry's variant
 * for that tool, and what the tool's own commands can do about errors of this category. Of an API's
 * steps, only a variant in its own catalog takes the place.
 */
export function inTermsOf(
  described: Described,
  found: { entry: Entry; catalog: Catalog } | null,
  toolId: string | undefined,
  { sent }: Context,
): Described {
  const tool = toolOf(toolId);
  if (found === null) return described;
  const { entry, catalog } = found;
  const variant = entry.tools?.[sent === undefined ? (tool?.id ?? '') : OWN] ?? entry.tools?.[tool?.family ?? ''];
  // What a tool does about its own login or server is no help with a proxy on the way.
  const own = !catalog.general || entry.id.startsWith('proxy-') ? [] : (tool?.advice?.[entry.category] ?? []);
  if (variant === undefined && own.length === 0) return described;
  const { resolution, from } = described;
  const general = variant === undefined ? resolution : variant.map(wordsOf);
  const fromGeneral = variant === undefined ? from.resolution : variant.map((step) => fromOf(step, catalog));
  const isEnough = own.length > 0 && (tool?.command === true || variant !== undefined);
  const steps = isEnough ? own : [...own, ...general].slice(0, MOST);
  return {
    ...described,
    resolution: steps,
    from: { ...from, resolution: steps.map((_, i) => fromGeneral[i - own.length] ?? 'general') },
  };
}

/** The tool to name in a diagnosis. */
export function namedTool(toolId: string | undefined): Pick<Tool, 'id' | 'name'> | null {
  const tool = toolOf(toolId);
  return tool === null ? null : { id: tool.id, name: tool.name };
}
