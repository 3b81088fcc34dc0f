/** Opens the telephone's own short message with the text in it (RFC 5724); a person sends it. */
export const smsLink = (number: string, body: string): string =>
  `sms:${number}?body=${encodeURIComponent(body)}`;
