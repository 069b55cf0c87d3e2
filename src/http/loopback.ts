/** True for this machine: 127.0.0.0/8, ::1 and localhost (RFC 6761, section 6.3). */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
