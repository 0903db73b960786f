/** What must not be said, and a way to say the rest. */
export interface Secrets {
  add(secret: string): void;
  /** The text without any secret, nor its forms in URLs, forms, HTML and base64. */
  clean(text: string): string;
}

const HIDDEN = '[hidden]';
const SHORTEST = 4;
const MOST = 50;

/** A keeper of secrets; `more` are asked for at the time of cleaning. */
export function secretKeeper(more: () => readonly string[]): Secrets {
  const held = new Set<string>();
  return {
    add(secret) {
      if (secret === '') return;
      held.delete(secret);
      held.add(secret);
      // The first is the password, which stays.
      const [, second] = held;
      if (held.size > MOST && second !== undefined) held.delete(second);
    },
    clean(text) {
      let clean = text;
      for (const secret of [...held, ...more()]) {
        for (const form of formsOf(secret)) {
          if (!clean.includes(form)) continue;
          // Blanking a short secret letter by letter would tell it; then nothing is said.
          if (form.length < SHORTEST) return HIDDEN;
          clean = clean.replaceAll(form, HIDDEN);
        }
      }
      return clean;
    },
  };
}

function formsOf(secret: string): readonly string[] {
  if (secret === '') return [];
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret.replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' })[c] ?? c,
  );
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  return [...new Set([secret, encodeURIComponent(secret), form, json, html, base64])];
}
