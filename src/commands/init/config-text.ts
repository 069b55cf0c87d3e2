import { type KeyVariables, keySetting } from '../../model/key-variables.ts';

/** What a new config says about an API. */
export interface Described {
  id: string;
  baseUrl: string;
  /** `bearer`, `basic`, `header:X-Key`, `query:key`, `none`, or `documented` by the catalog. */
  auth: string;
  /** The variables that hold the key. */
  variables: KeyVariables;
}

/** A config with comments that say what else it may hold. */
export function configText({ id, baseUrl, auth, variables }: Described): string {
  const key = [
    ...(auth === 'documented' ? [] : [`    auth: ${authText(auth)}`]),
    `    key: ${keySetting(variables)}               # the key stays in ${variables.user === undefined ? 'this variable' : 'these variables'}`,
  ];
  return `# The config of errprobe. Every key is described in docs/config.md of the package.
api: ${quoted(id)}                          # the API of commands that name none
apis:
  ${quoted(id)}:
    baseUrl: ${quoted(baseUrl)}
${auth === 'none' ? '' : `${key.join('\n')}\n`}    # headers: { X-Tenant-ID: "\${TENANT}" }
    # timeout: 10s
    # retry: { retries: 3 }             # retry without --retry
    # catalog: ./${id}.yaml             # what documents its errors
    # profiles:                         # chosen with --profile staging
    #   staging: { baseUrl: https://staging.example.com, key: { env: STAGING_KEY } }
`;
}

function authText(auth: string): string {
  const [kind = '', name = ''] = auth.split(':');
  return name === '' ? kind : `{ ${kind}: ${quoted(name)} }`;
}

/** A text as YAML: in quotes if it could be read as anything else. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
