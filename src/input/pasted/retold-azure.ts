import type { Form } from './retold-form.ts';

/** How the SDKs of Azure and the programs that use them print its errors. */
export const AZURE_FORMS: Form[] = [
  // The SDK for Go prints code and sentence as Go quotes texts; an operation that failed later has no status.
  {
    pattern:
      /(?:\bautorest\/azure: Service returned an error\. Status=<nil>|\berror:) Code="([A-Z]\w{2,60})" Message="((?:[^"\\\n]|\\.){2,1000})"/,
    body: ([code = '', message = '']) => ({ error: { code, message: message.replaceAll('\\"', '"') } }),
  },
  // Azure's sentence for AuthorizationFailed, from programs that print no code.
  {
    pattern:
      /\b(The client '[^'\n]{1,200}' with object id '[^'\n]{1,100}' does not have authorization to perform action '[^\n]{2,1000})/,
    body: ([message = '']) => ({ error: { code: 'AuthorizationFailed', message: message.trim() } }),
  },
  // Key Vault's sentence for a role that is missing
  {
    pattern:
      /\b(Caller is not authorized to perform action on resource\.[^\n]{0,500}(?:\n(?!Code: )\S[^\n]{2,500}){0,8})/,
    about: /\bMicrosoft\.KeyVault\//i,
    body: ([message = '']) => ({
      error: { code: 'Forbidden', message: message.trim(), innererror: { code: 'ForbiddenByRbac' } },
    }),
  },
  // Its command line, of a deployment and of the first of its details
  {
    pattern:
      /\bAzure Error: ([A-Z]\w{2,60})\n\s{0,10}Message: (\S[^\n]{2,1000})(?:\n\s{0,10}Exception Details:\n\s{0,20}Error Code: ([A-Z]\w{2,60})\n\s{0,20}Message: (\S[^\n]{2,1000}))?/,
    body: ([code, message, detail, said]) => ({
      error: { code, message, ...(detail !== undefined && { details: [{ code: detail, message: said }] }) },
    }),
  },
  // The older SDKs for Python print the code in parentheses, and what the service said on the lines below.
  {
    pattern:
      /\b(?:azure|msrestazure)\.[\w.]{1,100}(?:Exception|Error|CloudError): \(([A-Z]\w{2,60})\)[ \t]{0,5}\n(\S[^\n]{2,1000}(?:\n(?!Code: |Traceback|\s{1,20}at )\S[^\n]{2,500}){0,6})/,
    body: ([code = '', message = '']) => ({ error: { code, message: message.replaceAll(/\s{1,20}/g, ' ').trim() } }),
  },
];
