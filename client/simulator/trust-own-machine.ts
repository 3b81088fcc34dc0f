/** The demo's own certificate is known to no authority; nothing leaves this machine. */
export function trustOwnMachine(url: string): void {
  const { protocol, hostname } = new URL(url);
  const own = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol === "https:" && own) process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
}
