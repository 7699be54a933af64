import { readFileSync } from 'node:fs';

/**
 * What packages do on the way to the first frame of the console and what it costs there. A text that is not found
 * any more stops the build, so that an upgrade cannot make the start slow again unseen.
 */
const replacements = [
  {
    // Reading its own WebAssembly with fetch() loads Node's whole HTTP client: 70 ms.
    file: /yoga-wasm-base64-esm\.js$/,
    find: '"function"!=typeof fetch?',
    replace: '!0?',
  },
  {
    // Lines, blocks and Latin letters are one column wide; finding that out by Unicode properties takes 100 ms.
    file: /node_modules[\\/]string-width[\\/]index\.js$/,
    find: 'if (/^[\\u0020-\\u007E]*$/.test(string)) {',
    replace:
      'if (ambiguousIsNarrow && /^[\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u024f\\u2026\\u2500-\\u2593]*$/.test(string)) {',
  },
];

export const quickStart = {
  name: 'quick-start',
  setup(build) {
    for (const { file, find, replace } of replacements) {
      build.onLoad({ filter: file }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!text.includes(find)) throw new Error(`${path} has changed: ${find} is not in it.`);
        return { contents: text.replace(find, replace), loader: 'js' };
      });
    }
  },
};
