/** Where in a JSON text a place is: the keys that lead to it. */

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs;

interface Level { key: string; position: number | null }

/** For each offset the dotted keys of the value around it, "widget.description"; empty at the top. Broken JSON gives what is open there. */
export function keysAt(text: string, offsets: readonly number[]): Map<number, string> {
  const keys = new Map<number, string>();
  const waiting = [...offsets].sort((a, b) => b - a);
  const levels: Level[] = [];
  const name = (until: number): void => {
    while ((waiting.at(-1) ?? Infinity) < until) {
      keys.set(waiting.pop() ?? 0, levels.map(({ key }) => key).filter((key) => key !== '').join('.'));
    }
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    name(index);
    if (waiting.length === 0) break;
    take(levels, token, text.slice(index + token.length, index + token.length + 40));
  }
  name(Infinity);
  return keys;
}

/** Every key of a JSON text that holds a text, dotted. */
export function keysIn(text: string): Set<string> {
  return new Set(keysAt(text, [...text.matchAll(TOKEN)].filter(({ 0: token }) => token.startsWith('"')).map(({ index }) => index)).values());
}

/** Follows one token; `after` is the text behind it. */
function take(levels: Level[], token: string, after: string): void {
  const top = levels.at(-1);
  if (token === '{') levels.push({ key: '', position: null });
  else if (token === '[') levels.push({ key: '0', position: 0 });
  else if (token === '}' || token === ']') levels.pop();
  else if (token === ',' && top) top.key = top.position === null ? '' : String(top.position += 1);
  else if (top?.position === null && /^\s*:/.test(after)) top.key = unquoted(token);
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1, -1);
  }
}
