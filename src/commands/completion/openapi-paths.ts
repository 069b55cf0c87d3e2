import { resolve } from 'node:path';
import type { ConfigLayer } from '../../config/layer.ts';
import { LARGEST_DOCUMENT, readRegularFile } from '../../config/regular-file.ts';
import { recordOf } from '../../json/record.ts';
import { ConfigError } from '../../model/errors.ts';

/**
 * The paths in the OpenAPI document that a config names for an API, each with the summary of its operation.
 *
 * @param method only paths with this method; null for all
 * @returns nothing if there is no document, or it cannot be read: a completion has no place for messages
 */
export async function openApiPaths(
  layers: ConfigLayer[],
  api: string | null,
  method: string | null,
): Promise<[path: string, summary: string][]> {
  const layer = layers.find(({ value }) => value.apis?.[api ?? '']?.openapi !== undefined);
  const file = layer?.value.apis?.[api ?? '']?.openapi;
  if (layer === undefined || file === undefined) return [];
  const { parseDocuments } = await import('../../schema/yaml.ts');
  try {
    const [document] = parseDocuments(readRegularFile(resolve(layer.folder, file), LARGEST_DOCUMENT) ?? '') ?? [];
    return Object.entries(recordOf(recordOf(document).paths)).flatMap(([path, item]): [string, string][] => {
      const operations = Object.entries(recordOf(item)).filter(([name]) => METHODS.test(name));
      const found = operations.find(([name]) => method === null || name === method.toLowerCase());
      const { summary } = recordOf(found?.[1]);
      return found === undefined ? [] : [[path, typeof summary === 'string' ? summary : '']];
    });
  } catch (error) {
    if (error instanceof ConfigError || (error as NodeJS.ErrnoException).code !== undefined) return [];
    throw error;
  }
}

const METHODS = /^(?:get|put|post|delete|options|head|patch|trace|query)$/;
