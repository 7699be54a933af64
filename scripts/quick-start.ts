import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

const graphemes = JSON.stringify(
  fileURLToPath(new URL('../src/screens/terminal/graphemes.ts', import.meta.url)),
);
const importSegmenter = `import { segmenter } from ${graphemes};`;

/**
 * What packages do on the way to the first line of a command or the first frame of the console, and what it costs
 * there. A text that is not found any more stops the build, so that an upgrade cannot make the start slow again
 * unseen.
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
  // Taking lines apart: `graphemes.ts` says why.
  {
    file: /node_modules[\\/](string-width|wrap-ansi)[\\/]index\.js$/,
    find: 'const segmenter = new Intl.Segmenter();',
    replace: importSegmenter,
  },
  {
    file: /node_modules[\\/]slice-ansi[\\/]tokenize-ansi\.js$/,
    find: "const GRAPHEME_SEGMENTER = new Intl.Segmenter(undefined, {granularity: 'grapheme'});",
    replace: `${importSegmenter}\nconst GRAPHEME_SEGMENTER = segmenter;`,
  },
  {
    file: /ansi-tokenize[\\/]build[\\/]tokenize\.js$/,
    find: 'const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });',
    replace: importSegmenter,
  },
  {
    file: /ink[\\/]build[\\/]line-update\.js$/,
    find: "const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });",
    replace: importSegmenter,
  },
  {
    // Looking for invisible characters by Unicode properties: there are none among these.
    file: /ink[\\/]build[\\/]output\.js$/,
    find: 'filter(character => !/^',
    replace: 'filter(character => /^[\\x00-\\xac\\u2070-\\u3163]/.test(character.value) || !/^',
  },
  {
    // The same characters by their numbers.
    file: /ink[\\/]build[\\/]sanitize-ansi\.js$/,
    find: '/(?![\\t\\n])\\p{Control}/gu',
    replace: '/[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f]/g',
  },
  {
    // Only commands that are programs of their own are spawned, and there are none: 4 ms.
    file: /commander[\\/]lib[\\/]command\.js$/,
    find: "import childProcess from 'node:child_process';",
    replace: 'const childProcess = undefined;',
  },
  {
    // Its JavaScript becomes part of the program, 14 files less to look for: 4 ms. Its binary stays where it is.
    file: /better-sqlite3[\\/]lib[\\/]binding\.js$/,
    find: 'const PREBUILD_PLATFORMS',
    replace: "const __dirname = path.dirname(require.resolve('better-sqlite3'));\nconst PREBUILD_PLATFORMS",
  },
];

export const quickStart: Plugin = {
  name: 'quick-start',
  load(id) {
    const wanted = replacements.filter(({ file }) => file.test(id));
    if (wanted.length === 0) return null;
    return wanted.reduce(
      (text, { find, replace }) => {
        if (!text.includes(find)) throw new Error(`${id} has changed: ${find} is not in it.`);
        return text.replace(find, replace);
      },
      readFileSync(id, 'utf8'),
    );
  },
};

const prefix = '\0builtin:';
const mainFile = /[\\/]src[\\/]main\.ts$/;

/**
 * Asks Node for its own modules without `import`, which reads every property of a module, and so loads all that
 * `node:crypto` would load when it is needed: 10 ms. The main file is left alone, because it has to speak to
 * an old Node; and so is the module that the bundler itself imports.
 */
export const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  resolveId: {
    order: 'pre',
    handler(source, importer = '') {
      const name = source.replace(/^node:/, '');
      if (!builtinModules.includes(name) || name === 'module' || mainFile.test(importer)) return null;
      return `${prefix}${name}.cjs`;
    },
  },
  load(id) {
    if (!id.startsWith(prefix)) return null;
    const name = `node:${id.slice(prefix.length, -'.cjs'.length)}`;
    return { code: `module.exports = process.getBuiltinModule('${name}');`, moduleSideEffects: false };
  },
};
