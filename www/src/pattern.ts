/** Texts in regular expressions. */

/** The pattern that matches a text letter by letter. */
export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
