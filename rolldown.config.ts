import { defineConfig } from 'rolldown';
import { asciiPlugin } from './build/ascii.ts';
import { catalogPlugin } from './build/catalogs.ts';
import { helpPlugin } from './build/help.ts';
import { lazyPlugin } from './build/lazy.ts';
import { licencesPlugin } from './build/licences.ts';
import { manPlugin } from './build/man.ts';
import { needlesPlugin } from './build/needles.ts';
import { schemaPlugin } from './build/schemas.ts';

const platform = 'node' as const;
// A package of 3.2 MB instead of 4.2. Names stay, so that the stack of a bug says where it is.
const minify = { mangle: false, compress: true, codegen: { removeWhitespace: true } };

/** The program. Packages are bundled, too: to find and read their many files is most of what they cost at the start. */
export const program = defineConfig({
  input: { cli: 'src/cli.ts', 'triage-worker': 'src/commands/triage/worker.ts' },
  platform,
  // Only cosmiconfig's loader for config in TypeScript asks for it, and that is never run.
  external: ['typescript'],
  plugins: [
    catalogPlugin({ known: 'in-files' }),
    needlesPlugin(),
    lazyPlugin(),
    helpPlugin(),
    manPlugin(),
    schemaPlugin(),
    licencesPlugin(),
    asciiPlugin(),
  ],
  // What all commands share is one chunk: some of it is imported when it is used, all the same.
  checks: { ineffectiveDynamicImport: false },
  output: {
    dir: 'dist',
    format: 'cjs',
    // An import() in what vm.Script compiles is experimental, and Node.js says so on stderr.
    dynamicImportInCjs: false,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    cleanDir: true,
    minify,
    codeSplitting: {
      // To find and open a file costs more than to skip what is not needed in it: `explain` takes 9 % less processor time.
      groups: [
        {
          name: 'start',
          priority: 2,
          test: /rolldown\/runtime|src\/(?:version|model\/errors|config\/base-folder|terminal\/own-folder)\.ts/,
        },
        {
          name: 'main',
          priority: 1,
          test: new RegExp(
            [
              'src\\/(?:model|services|json|diagnosis)\\/',
              'src\\/text\\/(?!page|html-tree)',
              'src\\/catalogs\\/(?:index\\.ts|apis|general)',
              '#known-catalogs|#catalog-file',
              'src\\/secrets\\/(?!byte-redactor)',
              'src\\/terminal\\/(?:sink|outputs|compiled-files)',
              'src\\/config\\/(?:load|resolve|layer|compiled)',
              'src\\/http\\/sensitive',
              'src\\/input\\/(?!decompress|files|follow|parsed|read-pieces|split|xml)',
              'src\\/render\\/(?:[a-z]+|error\\/(?:mark|pretty|row|reading-lines))\\.ts',
              'src\\/commands\\/(?:program|options|index|setting|find-api|explain\\/.*|(?:[a-z-]+\\/){1,2}command)\\.ts',
              'node_modules\\/(?:commander|chalk)\\/',
            ].join('|'),
          ),
        },
      ],
    },
  },
});

/** What `bin/` starts: one file, since it loads the others. */
export const launcher = defineConfig({
  input: { launch: 'src/launch.ts' },
  platform,
  plugins: [lazyPlugin()],
  output: { dir: 'dist', format: 'cjs', entryFileNames: '[name].cjs', minify },
});

const entries = {
  index: 'src/index.ts',
  ...Object.fromEntries(['axios', 'embed', 'fetch', 'got', 'undici'].map((name) => [name, `src/clients/${name}.ts`])),
  ...Object.fromEntries(['jest', 'vitest'].map((name) => [name, `src/runners/${name}.ts`])),
  'embed-terminal': 'src/render/embedded.ts',
};

/** The library, and an entry for each HTTP client: without packages, so that others can bundle it. */
const libraryIn = (format: 'esm' | 'cjs', dir: string) =>
  defineConfig({
    input: entries,
    platform,
    // Who uses its setup file has it.
    external: ['vitest'],
    plugins: [catalogPlugin({ known: 'left-out' }), needlesPlugin()],
    output: {
      ...{ dir, format, minify },
      entryFileNames: `[name].${format === 'esm' ? 'js' : 'cjs'}`,
      chunkFileNames: `chunks/[name]-[hash].${format === 'esm' ? 'js' : 'cjs'}`,
    },
  });

export const library = libraryIn('esm', 'dist');

export default [program, launcher, library, libraryIn('cjs', 'dist/cjs')];
